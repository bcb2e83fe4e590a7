'use strict';
(() => {
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const palette = () => [1, 2, 3, 4, 5, 6, 7, 8].map(i => colour('--c' + i));
  const channels = {red: '--red', green: '--green', blue: '--blue', grey: '--c8'};
  const short = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 2});
  const full = new Intl.NumberFormat('en', {maximumSignificantDigits: 5});
  const tick = v => Math.abs(v) >= 1e4 ? short.format(v) : full.format(v);

  function seriesColours(series) {
    const own = palette();
    const bold = series.filter(s => !s.faint);
    return series.map(s => {
      if (channels[s.name]) return colour(channels[s.name]);
      // A faint series has the colour of the series in front of it.
      const at = s.faint ? Math.min(series.filter(t => t.faint).indexOf(s), bold.length - 1) : bold.indexOf(s);
      return own[Math.max(0, at) % own.length];
    });
  }

  function option(chart, width) {
    const ink = colour('--ink'), muted = colour('--muted'), line = colour('--line');
    const legend = chart.series.length > 1;
    const axis = extra => Object.assign({
      axisLine: {lineStyle: {color: line}}, axisTick: {lineStyle: {color: line}},
      axisLabel: {color: muted, hideOverlap: true}, nameTextStyle: {color: muted},
      splitLine: {lineStyle: {color: line}}}, extra);
    const common = {
      animation: false, color: seriesColours(chart.series), textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: ink},
      grid: {left: 8, right: 16, top: legend ? 58 : 32, bottom: 28, containLabel: true},
      legend: legend ? {type: 'scroll', left: 0, top: 0, textStyle: {color: ink}, pageTextStyle: {color: muted},
        icon: 'roundRect', itemWidth: 14, itemHeight: 4} : undefined,
      tooltip: {trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: colour('--surface'),
        borderColor: line, textStyle: {color: ink}, valueFormatter: v => v == null ? '–' : full.format(v)},
    };
    if (chart.kind === 'lines') {
      const marks = {silent: true, symbol: 'none', animation: false, lineStyle: {color: muted, type: 'dashed', width: 1},
        label: {color: muted, rotate: 0, position: 'insideEnd', align: 'left', padding: [0, 0, 0, 4], formatter: m => m.name},
        data: (chart.marks || []).map(m => ({xAxis: m.x, name: m.text}))};
      const values = chart.series.flatMap(s => s.points.map(p => p[0])).filter(x => x !== null);
      return Object.assign(common, {
        xAxis: axis({type: 'value', name: chart.x, nameLocation: 'middle', nameGap: 26, scale: true,
          min: values.length ? minmax(values)[0] : undefined, max: values.length ? minmax(values)[1] : undefined,
          splitLine: {show: false}, axisLabel: {color: muted, hideOverlap: true, formatter: tick, showMaxLabel: true}}),
        yAxis: axis({type: 'value', name: chart.y, nameLocation: 'end', nameTextStyle: {color: muted, align: 'left'},
          scale: true, axisLabel: {color: muted, formatter: tick}}),
        series: chart.series.map((s, i) => ({type: 'line', name: s.name, data: s.points, markLine: i === 0 && chart.marks ? marks : undefined, showSymbol: s.points.length < 3,
          symbolSize: 6, itemStyle: {opacity: s.faint ? .35 : 1}, lineStyle: {width: s.faint ? 1 : 2, opacity: s.faint ? .35 : 1}, z: s.faint ? 1 : 2,
          emphasis: {disabled: true}})),
      });
    }
    const wide = isHorizontal(chart, width);
    const names = axis({type: 'category', data: chart.names, inverse: wide,
      axisLabel: {color: muted, interval: chart.names.length > 40 ? 'auto' : 0, width: 110, overflow: 'truncate'},
      splitLine: {show: false}});
    const counts = axis({type: 'value', name: chart.unit, axisLabel: {color: muted, formatter: tick, hideOverlap: true},
      nameLocation: wide ? 'middle' : 'end', nameGap: wide ? 26 : 12, nameTextStyle: {color: muted, align: wide ? 'center' : 'left'}});
    return Object.assign(common, {
      tooltip: Object.assign(common.tooltip, {axisPointer: {type: 'shadow'}}),
      xAxis: wide ? counts : names, yAxis: wide ? names : counts,
      series: chart.series.map(s => ({type: 'bar', name: s.name, data: s.values, barMaxWidth: 28,
        stack: chart.stacked ? 'all' : undefined, emphasis: {disabled: true}})),
    });
  }

  // Whether bars are horizontal: their names would not fit below vertical ones.
  function isHorizontal(chart, width) {
    return chart.names.length > 12 || chart.names.some(n => n.length > width / chart.names.length / 7);
  }

  function minmax(values) {
    let low = Infinity, high = -Infinity;
    for (const v of values) { if (v < low) low = v; if (v > high) high = v; }
    return [low, high];
  }

  const drawn = new Map();
  function draw(holder) {
    const chart = JSON.parse(holder.dataset.chart);
    if (chart.kind === 'bars') {
      if (isHorizontal(chart, holder.clientWidth)) holder.style.height = Math.min(900, 90 + chart.names.length * Math.max(18, chart.stacked ? 18 : 10 * chart.series.length)) + 'px';
    }
    let view = drawn.get(holder);
    if (!view) {
      view = echarts.init(holder, null, {renderer: 'svg'});
      drawn.set(holder, view);
    }
    view.resize();
    view.setOption(option(chart, holder.clientWidth), true);
  }

  // Charts in closed details have no width yet.
  const drawAll = () => document.querySelectorAll('[data-chart]').forEach(h => { if (h.clientWidth) draw(h); });
  document.addEventListener('toggle', drawAll, true);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  addEventListener('beforeprint', drawAll);
  addEventListener('afterprint', drawAll);
  let pause;
  addEventListener('resize', () => { clearTimeout(pause); pause = setTimeout(drawAll, 120); });
  drawAll();

  for (const image of document.querySelectorAll('.picture img')) {
    if (image.width <= 64 && image.height <= 64) image.classList.add('small');
  }
  const zoom = document.getElementById('zoom');
  document.addEventListener('click', event => {
    const button = event.target.closest('.picture');
    if (button) {
      const image = button.querySelector('img'), large = zoom.querySelector('img');
      large.src = image.src;
      large.alt = image.alt;
      large.className = image.className;
      zoom.querySelector('figcaption').textContent = image.alt;
      zoom.showModal();
    } else if (event.target === zoom) {
      zoom.close();
    }
  });

  const written = document.documentElement.dataset.live;
  if (written) {
    const silence = (Date.now() - Number(written)) / 1000;
    if (silence > 60) {
      document.querySelector('.live').append(' That is long ago: the run may have been killed. Run the same command again to continue.');
    }
    const key = 'open-details';
    const all = () => [...document.querySelectorAll('details')];
    try {
      JSON.parse(sessionStorage.getItem(key) || '[]').forEach(i => { if (all()[i]) all()[i].open = true; });
    } catch { /* Without storage, open details close again. */ }
    setTimeout(() => {
      try {
        sessionStorage.setItem(key, JSON.stringify(all().flatMap((d, i) => d.open ? [i] : [])));
      } catch { /* The same. */ }
      // The page does not reload while a picture is enlarged.
      if (zoom.open) zoom.addEventListener('close', () => location.reload());
      else location.reload();
    }, 10000);
  }
})();
