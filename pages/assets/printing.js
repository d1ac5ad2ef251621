// A chart is drawn as wide as the window, and a sheet of paper is narrower: printed, it is drawn to the width of the sheet.
const layers = () => document.querySelectorAll(".js-plotly-plot .main-svg");

addEventListener("beforeprint", () => {
  for (const layer of layers()) {
    layer.setAttribute("viewBox", `0 0 ${layer.width.baseVal.value} ${layer.height.baseVal.value}`);
  }
});

addEventListener("afterprint", () => {
  for (const layer of layers()) layer.removeAttribute("viewBox");
});
