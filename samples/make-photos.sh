#!/usr/bin/env bash
# Draws the sample pictures in samples/photos, so that none comes from outside
# and every date, place and camera in them is made up.
# Same tools, same versions: same bytes. Run it again after changing a scene.
#
#   samples/make-photos.sh [FOLDER]      FOLDER defaults to samples/photos
set -euo pipefail

# C locale: awk must print decimal points, and file names stay plain bytes.
export LC_ALL=C TZ=UTC
# One thread: ImageMagick's seeded noise differs from run to run with several.
export OMP_NUM_THREADS=1 MAGICK_THREAD_LIMIT=1

die() { echo "make-photos.sh: $*" >&2; exit 1; }

for tool in awk exiftool ffmpeg; do
  command -v "$tool" >/dev/null || die "'$tool' is missing; please install it"
done
# Several programs are called "convert", so take only one that says it is ImageMagick.
im=
for tool in magick convert-im6.q16 convert; do
  if command -v "$tool" >/dev/null && [[ $("$tool" -version 2>/dev/null) == *ImageMagick* ]]; then
    im=$tool
    break
  fi
done
[[ $im ]] || die "ImageMagick ('magick' or 'convert') is missing; please install it"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here/photos}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
pic=$tmp/pic.miff
W=0 H=0

# ---------------------------------------------------------------- shapes
# Each shape prints ImageMagick drawing commands. awk's own rand() differs
# between awks, so the program brings its own random numbers.
cat >"$tmp/shapes.awk" <<'AWK'
function rnd() { s = (s * 16807) % 2147483647; return s / 2147483647 }
function between(a, b) { return a + (b - a) * rnd() }
# Fills ground[0..W]: value noise, "n" bumps wide, each octave twice as fine.
function make_ground(base, amp, n, octaves, gain, smooth,    o, i, x, t, k, v) {
  for (x = 0; x <= W; x++) ground[x] = base
  for (o = 0; o < octaves; o++) {
    for (i = 0; i <= n + 1; i++) v[i] = between(-1, 1)
    for (x = 0; x <= W; x++) {
      t = x / W * n; k = int(t); t -= k
      if (smooth) t = (1 - cos(t * 3.14159265)) / 2
      ground[x] += amp * (v[k] * (1 - t) + v[k + 1] * t)
    }
    n *= 2; amp *= gain
  }
}
function print_ground(    x) {
  printf "polygon 0,%d", H
  for (x = 0; x <= W; x += 3) printf " %d,%.1f", x, ground[x]
  printf " %d,%.1f %d,%d\n", W, ground[W], W, H
}
function fir(x, y, h,    i, w, top, foot) {
  printf "rectangle %.1f,%.1f %.1f,%.1f\n", x - h * .03, y - h * .15, x + h * .03, y + 3
  for (i = 0; i < 4; i++) {
    top = y - h * (0.41 + 0.217 * i); foot = y - h * (0.08 + 0.2 * i); w = h * .24 * (1 - i * .2)
    printf "polygon %.1f,%.1f %.1f,%.1f %.1f,%.1f\n", x, top, x - w, foot, x + w, foot
    if (snow == "") continue
    # A cap on the upper part of the tier, with a ragged hem.
    foot = top + (foot - top) * .66; w *= .66
    printf "fill %s polygon %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f fill %s\n", snow, x, top, x - w, foot, x - w * .45, foot - h * .022, x - w * .1, foot + h * .012, x + w * .4, foot - h * .025, x + w, foot, colour
  }
}
BEGIN {
  s = seed * 7919 + 17; for (i = 0; i < 8; i++) rnd()
  if (shape == "ridge" || shape == "forest") {
    make_ground(a, b, c, d, e, f)
    print_ground()
    if (shape == "forest") {
      printf "fill %s\n", colour
      # Evenly spaced with jitter, so that no gap looks bare.
      for (i = 0; i < n; i++) {
        x = int((i + between(.1, .9)) * W / n); fir(x, ground[x] + 4, between(lo, hi))
      }
    }
  } else if (shape == "wave") {          # a base, b height, c length, d shift
    printf "polygon 0,%d", H
    for (x = 0; x <= W; x += 4) {
      t = sin((x + d) * 6.2831853 / c)
      printf " %d,%.2f", x, a - b * (t + .25 * sin((x + d) * 12.5663706 / c + 1))
    }
    printf " %d,%d\n", W, H
  } else if (shape == "stars") {         # a count, b lowest y
    for (i = 0; i < a; i++) {
      x = between(0, W); y = between(0, b); r = .5 + 1.3 * rnd() ^ 4
      printf "fill rgba(255,255,%d,%.2f) circle %.1f,%.1f %.1f,%.1f\n", between(215, 255), between(.35, 1), x, y, x + r, y
    }
  } else if (shape == "glints") {        # a x, b top, c bottom, d half width, n count
    for (i = 0; i < n; i++) {
      t = rnd() ^ .8; y = b + (c - b) * t
      x = a + (rnd() + rnd() - 1) * d * (.25 + t)
      printf "fill rgba(%s,%.2f) ellipse %.1f,%.1f %.1f,%.1f 0,360\n", colour, between(.25, .85), x, y, between(4, 10) + 22 * t * rnd(), .7 + 1.6 * t
    }
  } else if (shape == "dots") {          # scattered over a field: a top, b bottom, n count
    m = split(colour, palette, " ")
    for (i = 0; i < n; i++) {
      t = rnd() ^ .7; x = between(0, W); y = a + (b - a) * t; r = lo + (hi - lo) * t * between(.6, 1)
      printf "fill %s circle %.1f,%.1f %.1f,%.1f\n", palette[1 + int(rnd() * m)], x, y, x + r, y
    }
  } else if (shape == "cloud") {         # a x, b y, c half width: puffs on a flat foot
    for (i = 0; i < 9; i++) {
      t = (i - 4) / 4.6; r = c * (.38 - .26 * t * t) * between(.75, 1.1)
      printf "ellipse %.1f,%.1f %.1f,%.1f 180,360\n", a + t * c, b, r * 1.15, r
    }
    printf "ellipse %.1f,%.1f %.1f,%.1f 0,360\n", a, b, c * 1.05, c * .07
  } else if (shape == "city") {          # a foot, b lowest, c highest tower, d share of lit windows
    for (x = -10; x < W; x += w + between(0, 5)) {
      w = between(lo, hi); h = between(b, c); t = a - h
      printf "fill %s rectangle %.0f,%.0f %.0f,%.0f\n", colour, x, t, x + w, a
      if (h > c * .8) printf "rectangle %.0f,%.0f %.0f,%.0f line %.0f,%.0f %.0f,%.0f\n", x + w * .25, t - 14, x + w * .75, t, x + w / 2, t - 44, x + w / 2, t
      for (y = t + 9; d > 0 && y < a - 12; y += 13)
        for (k = x + 6; k < x + w - 8; k += 10)
          if (rnd() < d) printf "fill rgba(255,%d,%d,%.2f) rectangle %.0f,%.0f %.0f,%.0f\n", between(190, 235), between(110, 180), between(.5, 1), k, y, k + 4, y + 6
    }
  } else if (shape == "aurora") {        # a foot of the curtain, b its height, c shift
    for (x = -10; x < W + 10; x += 7) {
      y = a + 34 * sin((x + c) / 95) + 16 * sin((x + c) / 37); h = b * (.7 + .3 * sin((x + c) / 23)) * between(.8, 1.1)
      for (i = 0; i < 9; i++)
        printf "fill rgba(%d,%d,%d,%.2f) rectangle %d,%.0f %d,%.0f\n", 60 + 14 * i, 255 - 20 * i, 150 + 9 * i, .55 * (1 - i / 9) ^ 1.4, x, y - h * (i + 1) / 9, x + 7, y - h * i / 9
    }
  } else if (shape == "birds") {         # a x, b y, c spread, n count
    for (i = 0; i < n; i++) {
      x = a + between(-c, c); y = b + between(-c, c) / 2.5; r = between(6, 12)
      printf "path 'M %.1f,%.1f q %.1f,%.1f %.1f,%.1f q %.1f,%.1f %.1f,%.1f'\n", x - r, y - r * .3, r * .6, -r * .5, r, r * .4, r * .4, -r * .9, r, -r * .4
    }
  } else if (shape == "balloon") {       # a x, b y, c radius, colour "main stripe"
    split(colour, palette, " ")
    printf "stroke-width 1 fill none stroke #5b4636 line %.1f,%.1f %.1f,%.1f line %.1f,%.1f %.1f,%.1f stroke none\n", a - c * .2, b + c * 1.3, a - c * .13, b + c * 1.65, a + c * .2, b + c * 1.3, a + c * .13, b + c * 1.65
    printf "fill #6d4a2f roundrectangle %.1f,%.1f %.1f,%.1f 2,2\n", a - c * .16, b + c * 1.62, a + c * .16, b + c * 1.85
    for (i = 0; i < 5; i++) {
      r = c * (1 - i * .21); k = c * (.2 - i * .042)
      printf "fill %s path 'M %.1f,%.1f C %.1f,%.1f %.1f,%.1f %.1f,%.1f C %.1f,%.1f %.1f,%.1f %.1f,%.1f L %.1f,%.1f C %.1f,%.1f %.1f,%.1f %.1f,%.1f Z'\n", palette[1 + i % 2], a - r, b, a - r, b - c * 1.33, a + r, b - c * 1.33, a + r, b, a + r, b + c * .6, a + k, b + c, a + k, b + c * 1.32, a - k, b + c * 1.32, a - k, b + c, a - r, b + c * .6, a - r, b
    }
    printf "fill rgba(255,255,255,0.16) ellipse %.1f,%.1f %.1f,%.1f 0,360\n", a - c * .38, b - c * .3, c * .24, c * .48
  } else if (shape == "reeds") {         # n count, a foot, b height
    for (i = 0; i < n; i++) {
      x = a + between(-c, c); h = between(.5, 1) * b; t = between(-.25, .25) * h
      printf "fill none path 'M %.1f,%d q 0,%.1f %.1f,%.1f'\n", x, H + 2, -h * .6, t, -h
      if (rnd() < .4) printf "fill %s ellipse %.1f,%.1f 3.2,13 0,360\n", colour, x + t, H - h
    }
  }
}
AWK
# shape NAME key=value...
shape() {
  local name=$1 opts=() kv
  shift
  for kv in "$@"; do opts+=(-v "$kv"); done
  awk -v shape="$name" -v W="$W" -v H="$H" "${opts[@]}" -f "$tmp/shapes.awk"
}

# ---------------------------------------------------------------- painting
# sky WIDTH HEIGHT COLOUR... : new picture, colours evenly from top to bottom
sky() {
  W=$1 H=$2
  shift 2
  local c stops=()
  for c in "$@"; do stops+=("xc:$c"); done
  "$im" -size 1x1 "${stops[@]}" -append -filter Triangle -resize "${W}x${H}!" -depth 16 "$pic"
}
# paint COLOUR DRAWING [BLUR] : flat colour. The clear part of the layer gets that
# colour too ("-alpha background"), or blurring would draw a dark rim.
paint() {
  "$im" "$pic" \( -size "${W}x${H}" xc:none -fill "$1" -draw "$2" -background "$1" -alpha background -channel RGBA -blur "0x${3:-0}" \) \
    -compose Over -composite "$pic"
}
# shade TOP BOTTOM Y0 Y1 DRAWING : colour running from TOP at Y0 to BOTTOM at Y1
shade() {
  "$im" "$pic" \( -size "${W}x${H}" "xc:$2" \
      \( -size "${W}x$(($4 - $3))" "gradient:$1-$2" \) -geometry "+0+$3" -composite \
      -fill "$1" -draw "rectangle 0,0 $W,$(($3 - 1))" \
      \( -size "${W}x${H}" xc:black -fill white -draw "$5" \) \
      -alpha off -compose CopyOpacity -composite \) \
    -geometry +0+0 -compose Over -composite "$pic"
}
# glow X Y RADIUS R,G,B ALPHA
glow() {
  "$im" "$pic" \( -size "$((2 * $3))x$((2 * $3))" "radial-gradient:rgba($4,$5)-rgba($4,0)" -channel A -evaluate pow 1.5 +channel \) \
    -geometry "$(printf '%+d%+d' $(($1 - $3)) $(($2 - $3)))" -compose Over -composite "$pic"
}
# mist Y0 Y1 R,G,B ALPHA : clear at Y0, thickest at Y1, clear again as far below
mist() {
  "$im" "$pic" \( -size "${W}x$(($2 - $1))" "gradient:rgba($3,0)-rgba($3,$4)" \( +clone -flip \) -append \) \
    -geometry "+0+$1" -compose Over -composite "$pic"
}
# mirror Y R,G,B ALPHA : what is above Y, upside down below it, tinted like water
mirror() {
  local h=$((H - $1))
  "$im" "$pic" \( +clone -crop "${W}x${h}+0+$(($1 - h))" +repage -flip \
      -virtual-pixel edge -motion-blur 0x5+0 -blur 0x1.2 \
      -fill "rgba($2,$3)" -draw "rectangle 0,0 $W,$h" \) \
    -geometry "+0+$1" -compose Over -composite "$pic"
}
# save NAME QUALITY : a little grain hides banding in the gradients
save() {
  mkdir -p "$tmp/new/$(dirname "$1")"
  "$im" "$pic" -alpha off -depth 8 -seed 7 -attenuate 0.07 +noise Gaussian -strip \
    -sampling-factor 2x2 -interlace none -quality "$2" "jpg:$tmp/new/$1"
}
# date_exif NAME "YYYY:MM:DD HH:MM:SS" [exiftool argument...]
date_exif() {
  local name=$1 when=$2
  shift 2
  exiftool -q -overwrite_original -DateTimeOriginal="$when" -CreateDate="$when" "$@" "$tmp/new/$name"
}
# offset +HH:MM : the time zone arguments, put in $zone
offset() { zone=(-OffsetTimeOriginal="$1" -OffsetTimeDigitized="$1"); }
# camera MM APERTURE SECONDS ISO : the camera arguments, put in $cam
camera() {
  cam=(-Make=Emulator '-Model=Model One' -FocalLength="$1" -FNumber="$2" -ExposureTime="$3" -ISO="$4")
}

# ---------------------------------------------------------------- scenes
beach() {
  sky 800 600 '#3fa9e0' '#7cc8ee' '#c4e8f6' '#e8f6f8'
  paint 'rgba(255,255,255,0.85)' "$(shape cloud seed=3 a=600 b=130 c=110; shape cloud seed=5 a=170 b=190 c=80)" 2
  glow 120 70 150 255,250,215 0.95
  shade '#157fb0' '#5fd0d0' 300 420 'rectangle 0,300 800,600'
  paint 'rgba(255,255,255,0.55)' "$(shape glints seed=4 a=400 b=305 c=400 d=500 n=80 colour=255,255,255)"
  paint 'rgba(255,255,255,0.9)' "$(shape wave a=412 b=7 c=330 d=40)" 1
  shade '#f3dba6' '#e2b878' 420 600 "$(shape wave a=424 b=8 c=340 d=55)"
  paint '#d9ac6b' "$(shape dots seed=8 a=450 b=595 n=260 lo=0.6 hi=1.6 'colour=#d3a765 #fae9c2')"
  paint 'rgba(120,80,40,0.35)' 'ellipse 500,545 150,16 0,360' 4
  paint '#f5f0e6' 'rotate 8 polygon 548,220 555,220 557,475 551,475'
  paint '#e4483f' "translate 515,330 rotate 8 path 'M -165,0 C -150,-120 150,-120 165,0 Z'"
  paint '#fff6e5' "translate 515,330 rotate 8 path 'M -110,0 C -100,-120 -40,-90 0,-90 C -40,-90 -60,-60 -55,0 Z' path 'M 110,0 C 100,-120 40,-90 0,-90 C 40,-90 60,-60 55,0 Z'"
  save beach.jpg 86
}

snow_wood() {
  sky 600 800 '#8fb2d6' '#c3d6e8' '#f3dfd9' '#f8e9df'
  glow 430 330 230 255,240,215 0.9
  paint '#b9cadb' "$(shape forest seed=11 a=430 b=20 c=3 d=3 e=.4 f=1 n=34 lo=60 hi=110 'colour=#b9cadb')" 1
  mist 330 470 245,240,240 0.7
  paint '#8aa4bd' "$(shape forest seed=12 a=520 b=25 c=3 d=3 e=.4 f=1 n=16 lo=120 hi=190 'colour=#8aa4bd' 'snow=#d5e1ec')"
  mist 440 580 240,240,245 0.6
  shade '#f7f9fc' '#c9d9ea' 560 800 "$(shape ridge seed=13 a=600 b=25 c=2 d=2 e=.3 f=1)"
  paint '#eef4fa' "$(shape forest seed=15 a=775 b=10 c=2 d=1 e=.3 f=1 n=3 lo=300 hi=470 'colour=#2f5560' 'snow=#f4f8fc')"
  shade '#ffffff' '#d4e1ef' 730 800 "$(shape ridge seed=16 a=752 b=12 c=2 d=2 e=.3 f=1)"
  paint white "$(shape dots seed=17 a=0 b=800 n=230 lo=0.8 hi=3.4 'colour=rgba(255,255,255,0.9) rgba(255,255,255,0.6)')" 0.6
  save snow-wood.jpg 84
}

balloons() {
  sky 600 800 '#4d8fd0' '#8dbbe4' '#f6d9b8' '#fbc58c'
  glow 300 640 300 255,235,190 0.85
  paint 'rgba(255,255,255,0.75)' "$(shape cloud seed=21 a=120 b=420 c=110; shape cloud seed=22 a=500 b=500 c=90)" 3
  shade '#a58fb0' '#c9a3a5' 600 700 "$(shape ridge seed=23 a=640 b=30 c=4 d=5 e=.45 f=0)"
  shade '#6f7f92' '#8d8f8f' 660 760 "$(shape ridge seed=24 a=690 b=25 c=3 d=3 e=.4 f=1)"
  shade '#4f7a55' '#2f5a44' 710 800 "$(shape ridge seed=25 a=745 b=20 c=2 d=3 e=.3 f=1)"
  paint black "$(shape balloon a=215 b=225 c=122 'colour=#e2473c #ffd35c')"
  paint black "$(shape balloon a=455 b=370 c=66 'colour=#2d7f9d #f4f1e4')"
  paint black "$(shape balloon a=480 b=130 c=42 'colour=#8b4fa3 #f7a8b8')"
  paint black "$(shape balloon a=110 b=540 c=30 'colour=#f08a2c #fff0cf')"
  paint black "$(shape balloon a=330 b=575 c=19 'colour=#3c9d6a #f6f0c4')"
  save balloons.jpg 88
}

ridges() {
  sky 800 600 '#6f8fb5' '#c9c6d3' '#f9d6b4' '#fbe6c8'
  glow 560 235 210 255,240,205 0.95
  paint '#fff8e6' 'circle 560,235 560,202' 1
  local i=0 c
  for c in '#b7b3c6' '#969ab6' '#7482a3' '#51678c' '#335073' '#1c3653'; do
    shade "$c" '#f3d9c4' $((230 + i * 55)) $((420 + i * 62)) \
      "$(shape ridge seed=$((31 + i)) a=$((280 + i * 55)) b=$((46 - i * 2)) c=4 d=6 e=.46 f=0)"
    i=$((i + 1))
  done
  paint '#0f2438' "$(shape forest seed=40 a=585 b=10 c=3 d=3 e=.4 f=1 n=46 lo=26 hi=62 'colour=#0f2438')"
  paint none "stroke #2b3d57 stroke-width 2 fill none $(shape birds seed=41 a=260 b=150 c=90 n=7)"
  save misty-ridges.jpg 87
}

hills() {
  sky 800 600 '#2f86d1' '#69b1e6' '#b6dcf3' '#e6f3f5'
  paint 'rgba(255,255,255,0.95)' "$(shape cloud seed=51 a=210 b=150 c=120; shape cloud seed=52 a=640 b=95 c=95; shape cloud seed=53 a=480 b=235 c=60)" 1.6
  shade '#8fbfae' '#7fb58f' 280 380 "$(shape ridge seed=54 a=315 b=26 c=3 d=3 e=.35 f=1)"
  shade '#79b46a' '#5a9f58' 320 450 "$(shape ridge seed=55 a=370 b=30 c=2 d=3 e=.3 f=1)"
  # A windmill on the far slope.
  paint '#f4ead8' 'polygon 572,250 598,250 608,370 562,370'
  paint '#a5483b' 'polygon 566,252 585,222 604,252'
  paint '#7b4a2d' 'rectangle 579,342 591,372'
  paint 'rgba(92,66,48,0.95)' 'translate 585,246 rotate 22 rectangle -2,-82 2,82 rectangle -82,-2 82,2 fill rgba(255,255,255,0.85) rectangle 2,-80 15,-16 rectangle -15,16 -2,80 rectangle 16,2 80,15 rectangle -80,-15 -16,-2'
  shade '#9ccb5b' '#5e9f43' 390 520 "$(shape ridge seed=56 a=430 b=30 c=2 d=2 e=.3 f=1)"
  shade '#6aa944' '#3b7a35' 470 600 "$(shape ridge seed=57 a=500 b=24 c=2 d=2 e=.3 f=1)"
  paint white "$(shape dots seed=58 a=530 b=600 n=330 lo=1.4 hi=5 'colour=#f7e25a #ffffff #ef6a5a #f7e25a #d98be0')"
  save green-hills.jpg 86
}

sailing() {
  sky 800 600 '#57a7d8' '#9fd0ea' '#dcecef' '#f7ecd5'
  paint 'rgba(255,255,255,0.8)' "$(shape cloud seed=61 a=180 b=240 c=100; shape cloud seed=62 a=650 b=200 c=120)" 2.5
  paint '#9db7c6' "$(shape ridge seed=63 a=318 b=14 c=5 d=4 e=.45 f=1)" 0.8
  shade '#2f8fb3' '#1c6d98' 330 480 'rectangle 0,330 800,600'
  paint white "$(shape glints seed=64 a=400 b=336 c=430 d=520 n=90 colour=235,250,255)"
  shade '#46a5c4' '#1b6a93' 415 500 "$(shape wave a=424 b=6 c=200 d=30)"
  paint '#7a4b2e' "path 'M 300,420 L 520,420 C 505,455 480,468 450,468 L 350,468 C 325,462 308,445 300,420 Z'"
  paint '#fff4e0' 'rectangle 303,418 517,425'
  paint '#5a3a26' 'rectangle 404,120 410,420'
  paint '#fdf8ec' "path 'M 416,135 C 470,220 500,310 505,402 L 416,402 Z'"
  paint '#d9503f' "path 'M 398,160 C 350,240 320,320 306,400 L 398,400 Z'"
  paint 'rgba(90,60,40,0.10)' "path 'M 416,135 C 440,230 450,320 446,402 L 416,402 Z' path 'M 398,160 C 385,250 375,330 372,400 L 398,400 Z'"
  paint '#f2b632' 'polygon 407,112 407,130 446,121'
  shade '#3892b8' '#14557d' 452 550 "$(shape wave a=462 b=8 c=266 d=90)"
  paint 'rgba(255,255,255,0.55)' 'ellipse 400,461 130,3 0,360' 1
  shade '#27779f' '#0c3c60' 520 600 "$(shape wave a=530 b=10 c=400 d=10)"
  paint none "stroke #4a6475 stroke-width 2 fill none $(shape birds seed=66 a=640 b=120 c=80 n=5)"
  save trip/IMG_0001.jpg 88
}

cottage() {
  sky 800 600 '#7a6fa8' '#d08f9c' '#f6b880' '#fbd9a0'
  glow 140 330 260 255,235,180 0.85
  shade '#a9798c' '#c78f80' 290 400 "$(shape ridge seed=71 a=330 b=30 c=4 d=5 e=.42 f=0)"
  paint '#7d5a66' "$(shape forest seed=72 a=400 b=14 c=3 d=3 e=.4 f=1 n=40 lo=30 hi=70 'colour=#7d5a66')"
  shade '#c98e45' '#6d4a2c' 410 600 "$(shape ridge seed=73 a=440 b=14 c=2 d=2 e=.3 f=1)"
  # Autumn trees left and right of the house.
  local x y r c
  while read -r x y r c; do
    paint '#4a2f22' "polygon $((x - 6)),470 $((x - 2)),$y $((x + 2)),$y $((x + 6)),470"
    paint "$c" "circle $x,$y $x,$((y - r)) circle $((x - r * 6 / 10)),$((y + r / 2)) $((x - r * 6 / 10)),$((y - r / 5)) circle $((x + r * 6 / 10)),$((y + r / 2)) $((x + r * 6 / 10)),$((y - r / 5))" 0.7
    paint 'rgba(255,225,150,0.4)' "circle $((x - r / 4)),$((y - r / 4)) $((x - r / 4)),$((y - r * 8 / 10))" 12
  done <<'TREES'
210 340 52 #d9682b
120 370 40 #e8a232
655 325 62 #c4472a
740 375 42 #e59434
TREES
  paint 'rgba(240,230,235,0.55)' 'ellipse 522,226 14,9 0,360 ellipse 540,198 19,12 0,360 ellipse 566,166 26,15 0,360 ellipse 602,132 34,18 0,360' 5
  paint '#6d4038' 'rectangle 500,238 526,310'
  shade '#f0dcc0' '#c9a583' 330 480 'rectangle 320,335 560,482'
  shade '#8a3f36' '#5f2a2b' 230 345 'polygon 292,345 350,240 530,240 588,345'
  paint '#4b2d24' 'roundrectangle 420,398 462,482 4,4'
  paint '#ffdf85' 'rectangle 345,375 395,425 rectangle 487,375 537,425'
  paint '#6d4a35' 'rectangle 368,375 372,425 rectangle 345,398 395,402 rectangle 510,375 514,425 rectangle 487,398 537,402'
  glow 370 400 90 255,220,120 0.5
  glow 512 400 90 255,220,120 0.5
  paint '#e8cfa0' "path 'M 420,482 L 462,482 C 470,530 540,560 560,600 L 380,600 C 400,560 425,530 420,482 Z'"
  paint '#b0542a' "$(shape dots seed=75 a=480 b=600 n=150 lo=1.2 hi=4.5 'colour=#d9682b #e8a232 #b5402a #f2c45a')"
  save home/IMG_0001.jpg 86
}

evening_glow() {
  # The last two colours are below the horizon, where the mirror covers them.
  sky 800 600 '#3a1f57' '#8c2f66' '#e2523f' '#ff9a3c' '#ffd56b' '#ffd56b' '#ffd56b'
  glow 400 370 330 255,220,120 0.9
  paint '#fff1b8' 'circle 400,330 400,262' 1.2
  paint 'rgba(90,30,80,0.55)' 'ellipse 190,170 210,9 0,360 ellipse 300,190 140,7 0,360 ellipse 640,120 190,8 0,360 ellipse 560,236 150,6 0,360 ellipse 720,250 110,5 0,360' 3
  paint 'rgba(255,190,110,0.7)' 'ellipse 200,178 170,3 0,360 ellipse 630,126 150,3 0,360' 2
  paint '#5a2350' "$(shape ridge seed=82 a=362 b=14 c=4 d=5 e=.45 f=0)"
  mirror 380 120,20,60 0.22
  paint white "$(shape glints seed=83 a=400 b=386 c=590 d=110 n=170 colour=255,225,140)"
  paint none "stroke #1b0d24 stroke-width 2.4 fill none $(shape reeds seed=84 a=90 b=260 c=110 n=36 'colour=#1b0d24'; shape reeds seed=85 a=740 b=190 c=70 n=20 'colour=#1b0d24')"
  paint none "stroke #3a1238 stroke-width 2 fill none $(shape birds seed=86 a=560 b=170 c=70 n=6)"
  save evening.jpg 86
}

city() {
  sky 800 600 '#070b26' '#1a2058' '#4a3a80' '#b0608a' '#f0986a' '#f0986a'
  paint white "$(shape stars seed=91 a=130 b=230)"
  glow 650 100 120 235,235,255 0.5
  paint '#f6f1dc' "path 'M 650,66 A 34,34 0 1 0 684,112 A 28,28 0 0 1 650,66 Z'" 0.6
  paint '#54407f' "$(shape city seed=92 a=450 b=110 c=270 d=0 lo=24 hi=56 'colour=#54407f')"
  mist 330 450 240,140,120 0.45
  paint '#262558' "$(shape city seed=93 a=450 b=50 c=230 d=.3 lo=36 hi=70 'colour=#262558')"
  paint '#10143a' "$(shape city seed=97 a=450 b=30 c=130 d=.5 lo=44 hi=86 'colour=#10143a')"
  mirror 450 14,16,50 0.3
  paint '#0a0e28' 'rectangle 0,447 800,453'
  paint 'rgba(255,215,140,0.9)' "$(for x in 40 120 200 280 360 440 520 600 680 760; do echo "circle $x,449 $x,446"; done)" 0.8
  paint 'rgba(255,205,130,0.35)' "$(for x in 40 120 200 280 360 440 520 600 680 760; do echo "rectangle $((x - 2)),454 $((x + 2)),540"; done)" 3
  save city-night.jpg 80
}

dunes() {
  sky 800 600 '#3f8fc4' '#8cc3dc' '#f3e2c2' '#f8dcae'
  glow 200 130 170 255,248,220 0.95
  paint '#fffbe8' 'circle 200,130 200,98' 1
  shade '#e7b682' '#d99b63' 300 400 "$(shape ridge seed=101 a=330 b=30 c=3 d=2 e=.3 f=1)"
  # Each dune: a lit side, then the shaded side sharing its crest.
  shade '#eeb06a' '#d98a48' 290 470 "path 'M 0,420 C 150,400 300,330 430,300 C 560,380 700,420 800,410 L 800,600 L 0,600 Z'"
  shade '#b5663a' '#c97a45' 300 480 "path 'M 430,300 C 560,380 700,420 800,410 L 800,470 C 640,470 500,450 470,400 C 455,370 420,340 430,300 Z'"
  shade '#f5bf74' '#dc8c44' 400 600 "path 'M 0,470 C 120,430 200,420 260,405 C 330,470 520,540 800,520 L 800,600 L 0,600 Z'"
  shade '#9c5230' '#b8683a' 400 600 "path 'M 260,405 C 330,470 520,540 800,520 L 800,600 L 420,600 C 300,560 320,480 260,405 Z'"
  shade '#e39a50' '#c4733a' 530 600 "path 'M 300,600 C 480,560 650,545 800,560 L 800,600 Z'"
  # A cactus, and its shadow away from the sun.
  paint 'rgba(90,40,20,0.4)' 'polygon 120,548 132,548 300,586 296,592' 2
  paint none "fill none stroke #2f6b4a stroke-linecap round stroke-width 20 path 'M 124,545 L 124,415' stroke-width 13 path 'M 124,495 L 90,495 C 82,495 80,490 80,482 L 80,455' path 'M 124,475 L 156,475 C 164,475 167,470 167,462 L 167,440'"
  paint none "fill none stroke rgba(190,225,150,0.5) stroke-linecap round stroke-width 3 path 'M 118,540 L 118,420'"
  save dunes.jpg 89
}

ocean() {
  sky 800 600 '#f2b6a0' '#f7d3b0' '#fbe8c8' '#d8ecdf'
  glow 400 270 230 255,250,225 0.9
  paint '#fffdf0' 'circle 400,250 400,206' 0.8
  local i=0 c
  for c in '#8fcfc8' '#5fb5bb' '#3a98ab' '#257b98' '#175f82' '#0f4669' '#092f4f'; do
    # The whale's tail comes up between the third and the fourth wave.
    if ((i == 3)); then
      paint '#16344c' "path 'M 528,450 C 537,410 540,370 528,325 C 490,320 450,295 440,262 C 480,262 520,275 545,302 C 570,275 610,262 650,262 C 640,295 600,320 562,325 C 552,370 556,415 570,450 Z'"
      paint 'rgba(255,255,255,0.18)' "path 'M 536,325 C 500,315 465,295 450,270 C 490,272 520,285 543,310 Z'" 2
    fi
    shade "$c" '#e9f4ea' $((290 + i * 45)) $((480 + i * 70)) \
      "$(shape wave a=$((310 + i * 46)) b=$((6 + i * 2)) c=$((170 + i * 37)) d=$((i * 71)))"
    if ((i == 3)); then paint 'rgba(255,255,255,0.75)' 'ellipse 548,447 66,8 0,360' 2.5; fi
    i=$((i + 1))
  done
  paint none "stroke #6b5f6c stroke-width 2 fill none $(shape birds seed=113 a=210 b=150 c=80 n=4)"
  save open-ocean.jpg 89
}

moon_lake() {
  sky 600 800 '#050a1c' '#0c1b3d' '#1c3b66' '#3f6d90' '#0c1b3d' '#0c1b3d'
  paint white "$(shape stars seed=121 a=210 b=440)"
  glow 370 210 270 190,215,245 0.55
  paint '#f4f2e2' 'circle 370,210 370,132' 1
  paint 'rgba(170,175,180,0.45)' 'circle 345,190 345,172 circle 392,232 392,208 circle 400,178 400,168 circle 350,245 350,236 circle 328,222 328,215' 2.5
  paint 'rgba(20,40,75,0.55)' 'ellipse 250,262 190,8 0,360 ellipse 470,180 150,6 0,360' 4
  shade '#3f6288' '#5d86a3' 400 520 "$(shape ridge seed=122 a=445 b=42 c=3 d=6 e=.45 f=0)"
  paint '#162f4d' "$(shape forest seed=123 a=520 b=14 c=3 d=3 e=.4 f=1 n=48 lo=30 hi=64 'colour=#162f4d')"
  paint '#0a1930' "$(shape forest seed=124 a=556 b=8 c=2 d=3 e=.4 f=1 n=26 lo=40 hi=96 'colour=#0a1930')"
  mirror 560 8,20,45 0.35
  paint white "$(shape glints seed=125 a=370 b=566 c=795 d=90 n=150 colour=225,235,245)"
  save moon-lake.jpg 86
}

panorama() {
  sky 1200 400 '#2c6fb3' '#7fb3dc' '#d6e6ef' '#f7e7d3'
  paint 'rgba(255,255,255,0.8)' "$(shape cloud seed=131 a=260 b=100 c=120; shape cloud seed=132 a=930 b=75 c=140; shape cloud seed=133 a=620 b=130 c=70)" 2.5
  shade '#fbfdff' '#7d97b8' 110 230 "$(shape ridge seed=134 a=165 b=80 c=8 d=6 e=.4 f=0)"
  shade '#e4ecf3' '#5d7a9d' 150 250 "$(shape ridge seed=139 a=215 b=66 c=7 d=6 e=.42 f=0)"
  shade '#4c7385' '#7fa3a6' 215 290 "$(shape ridge seed=135 a=258 b=22 c=8 d=5 e=.4 f=1)"
  paint '#2c5d55' "$(shape forest seed=136 a=288 b=8 c=5 d=3 e=.4 f=1 n=120 lo=14 hi=36 'colour=#2c5d55')"
  mirror 300 40,110,150 0.25
  paint white "$(shape glints seed=138 a=600 b=304 c=380 d=700 n=90 colour=240,250,255)"
  shade '#6fa04a' '#2f5f34' 360 400 "$(shape ridge seed=137 a=378 b=14 c=4 d=2 e=.3 f=1)"
  save mountain-panorama.jpg 82
}

aurora() {
  sky 800 600 '#03071a' '#071a35' '#0d3347' '#1c5560'
  paint white "$(shape stars seed=141 a=220 b=430)"
  paint '#3fdc98' "$(shape aurora seed=142 a=330 b=260 c=0)" 5
  paint '#3fdc98' "$(shape aurora seed=143 a=250 b=180 c=210)" 8
  shade '#2a5068' '#173447' 390 480 "$(shape ridge seed=144 a=430 b=34 c=5 d=6 e=.45 f=0)"
  shade '#cfe6ea' '#4f7f96' 450 600 "$(shape ridge seed=145 a=500 b=16 c=2 d=3 e=.3 f=1)"
  paint '#0a1c28' "$(shape forest seed=146 a=640 b=10 c=2 d=2 e=.3 f=1 n=13 lo=70 hi=210 'colour=#0a1c28')"
  # A small tent, lit from inside.
  glow 440 495 130 255,190,90 0.6
  shade '#ffd277' '#e8792c' 450 530 'polygon 390,525 440,450 490,525'
  paint '#8a3d1c' 'polygon 440,450 430,525 450,525'
  save no-date.jpg 84
}

# A boat rocking past: the only moving sample.
clip() {
  sky 320 240 '#5aa9dc' '#b9dff0' '#f8e8c6'
  glow 250 55 60 255,250,215 0.95
  paint 'rgba(255,255,255,0.85)' "$(shape cloud seed=151 a=80 b=70 c=40)" 1.5
  paint '#3a9bbd' 'rectangle 0,140 320,240'
  "$im" "$pic" -depth 8 "png24:$tmp/clip-sky.png"
  "$im" -size 110x120 xc:none -fill '#7a4b2e' -draw "path 'M 5,85 L 105,85 C 98,105 85,108 75,108 L 30,108 C 18,106 10,98 5,85 Z'" \
    -fill '#5a3a26' -draw 'rectangle 52,6 55,85' -fill '#fdf8ec' -draw "path 'M 58,10 C 82,35 95,58 97,78 L 58,78 Z'" \
    -fill '#d9503f' -draw "path 'M 49,16 C 30,40 18,60 12,78 L 49,78 Z'" "png32:$tmp/clip-boat.png"
  # Twice as wide as the clip and whole waves long, so it can slide.
  W=640 H=240
  "$im" -size 640x240 xc:none -fill '#2484ab' -draw "$(shape wave a=172 b=4 c=80 d=20)" "png32:$tmp/clip-wave1.png"
  "$im" -size 640x240 xc:none -fill '#165a82' -draw "$(shape wave a=205 b=6 c=160 d=0)" "png32:$tmp/clip-wave2.png"
  # One thread and "bitexact": no encoder version, no run-to-run differences.
  ffmpeg -nostdin -v error -y -loop 1 -framerate 25 -t 3 -i "$tmp/clip-sky.png" \
    -loop 1 -framerate 25 -t 3 -i "$tmp/clip-wave1.png" \
    -loop 1 -framerate 25 -t 3 -i "$tmp/clip-boat.png" \
    -loop 1 -framerate 25 -t 3 -i "$tmp/clip-wave2.png" \
    -filter_complex_threads 1 -filter_complex "
      [2]rotate=a='0.07*sin(2*PI*t/1.5)':c=none:ow=iw:oh=ih[boat];
      [0][boat]overlay=x='30+45*t':y='76+4*sin(2*PI*t/1.5+1)'[a];
      [a][1]overlay=x='-53.333*t':y=0[b];
      [b][3]overlay=x='-106.667*t':y=0,format=yuv420p[v]" \
    -map '[v]' -t 3 -c:v libx264 -preset slow -crf 26 -threads 1 -pix_fmt yuv420p \
    -fflags +bitexact -flags:v +bitexact -movflags +faststart \
    -metadata creation_time=2017-10-05T14:30:00Z -metadata:s:v creation_time=2017-10-05T14:30:00Z \
    "$tmp/new/clip.mp4"
}

mkdir -p "$tmp/new"
for scene in beach snow_wood balloons ridges hills sailing cottage evening_glow city dunes ocean moon_lake panorama aurora clip; do
  echo "drawing $scene"
  "$scene"
done

# ---------------------------------------------------------------- metadata
# Six on one day, at different hours, for pages that group by day or pick a day.
camera 35 8 1/60 200;    offset +00:00
date_exif misty-ridges.jpg      '2017:10:05 06:45:12' "${cam[@]}" "${zone[@]}"
camera 24 11 1/500 100
date_exif green-hills.jpg       '2017:10:05 12:10:40' "${cam[@]}" "${zone[@]}"
camera 50 5.6 1/1000 100
date_exif trip/IMG_0001.jpg     '2017:10:05 15:05:00' "${cam[@]}" "${zone[@]}"
date_exif home/IMG_0001.jpg     '2017:10:05 16:05:00' "${cam[@]}"
date_exif evening.jpg           '2017:10:05 18:20:33'
camera 28 2.8 1.6 800
date_exif city-night.jpg        '2017:10:05 21:50:05' "${cam[@]}" "${zone[@]}"
# The rest over the years; each of these days has one picture only.
camera 35 8 1/800 100
date_exif beach.jpg             '2013:07:26 11:32:08' "${cam[@]}"
date_exif snow-wood.jpg         '2015:01:18 09:20:00'
camera 70 6.3 1/640 160
date_exif balloons.jpg          '2016:08:14 07:05:27' "${cam[@]}"
camera 85 4 2.5 1600;    offset +01:00
date_exif moon-lake.jpg         '2019:11:12 22:41:19' "${cam[@]}" "${zone[@]}"
# A made-up place in the open ocean; nobody lives there.
camera 100 7.1 1/1250 200; offset -10:00
date_exif open-ocean.jpg        '2020:02:29 17:48:55' "${cam[@]}" "${zone[@]}" \
  -GPSLatitude=0.5 -GPSLatitudeRef=N -GPSLongitude=150.5 -GPSLongitudeRef=W
camera 18 9 1/320 100;   offset +02:00
date_exif mountain-panorama.jpg '2022:06:03 10:15:00' "${cam[@]}" "${zone[@]}"
camera 40 10 1/400 100
date_exif dunes.jpg             '2024:03:21 16:02:44' "${cam[@]}"
# no-date.jpg gets nothing: save() has stripped it.

# A name outside ASCII, in composed form (NFC).
mv "$tmp/new/evening.jpg" "$tmp/new/Ünïcode – 夕焼け.jpg"

# Only when all went well: put the new files in place.
mkdir -p "$out"
cp -R "$tmp/new/." "$out/"
echo "done: $(find "$tmp/new" -type f | wc -l) files in $out"
