using GPhotos.Core.Media;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Media;

public sealed class MediaFactsTests
{
    private const string Clock = "2020:01:02 03:04:05";

    private static readonly DateTime AtClock = new(2020, 1, 2, 3, 4, 5);

    public static TheoryData<string, byte[]> Photos
    {
        get
        {
            TestPicture picture = new() { Width = 640, Height = 480, Taken = Clock, Offset = "+05:45" };
            return new() { { "JPEG", picture.ToJpeg() }, { "TIFF", picture.ToTiff() }, { "PNG", picture.ToPng() } };
        }
    }

    [Theory]
    [MemberData(nameof(Photos))]
    public void A_photo_tells_its_time_zone_and_size(string kind, byte[] bytes)
    {
        MediaFacts facts = Read(bytes);

        Assert.True(new CaptureTime(new DateTime(2020, 1, 1, 21, 19, 5, DateTimeKind.Utc), CaptureTimeBasis.ClockWithOffset) == facts.Captured, kind);
        Assert.Equal(DateTimeKind.Utc, facts.Captured!.Value.Time.Kind);
        Assert.Equal((640, 480, false), (facts.Width, facts.Height, facts.IsTurned));
    }

    [Fact]
    public void A_HEIC_photo_tells_its_time_and_size()
    {
        MediaFacts facts = Read(TestPicture.Heic);

        Assert.Equal(new MediaFacts(new CaptureTime(AtClock, CaptureTimeBasis.LocalClock), 30, 20, false), facts);
    }

    [Theory]
    [InlineData("qt  ")]
    [InlineData("mp42")]
    [InlineData("isom")]
    public void A_video_tells_its_time_in_UTC_and_its_size(string brand)
    {
        DateTime created = new(2017, 10, 5, 14, 30, 0, DateTimeKind.Utc);

        MediaFacts facts = Read(new TestPicture { Width = 1920, Height = 1080 }.ToVideo(created, brand));

        Assert.Equal(new MediaFacts(new CaptureTime(created, CaptureTimeBasis.Movie), 1920, 1080, false), facts);
        Assert.True(Read(new TestPicture { Orientation = 6 }.ToVideo(created, brand)).IsTurned);
        Assert.Null(Read(new TestPicture().ToVideo(default, brand)).Captured);
    }

    [Fact]
    public void The_video_of_the_samples_is_read() => Assert.Equal(
        new MediaFacts(new CaptureTime(new DateTime(2017, 10, 5, 14, 30, 0, DateTimeKind.Utc), CaptureTimeBasis.Movie), 320, 240, false),
        MediaFacts.Read(Repository.PathOf("samples", "photos", "clip.mp4")));

    [Theory]
    [InlineData("-10:00", 13, 4)]
    [InlineData("+14:00", -11, 4)]
    [InlineData("+00:00", 3, 4)]
    [InlineData("Z", 3, 4)]
    public void The_zone_that_the_camera_wrote_counts(string offset, int hour, int minute)
    {
        CaptureTime time = Read(new TestPicture { Taken = Clock, Offset = offset, Satellites = new DateTime(2020, 1, 2, 9, 9, 9) }.ToJpeg()).Captured!.Value;

        Assert.Equal((AtClock.Date.AddHours(hour).AddMinutes(minute).AddSeconds(5), CaptureTimeBasis.ClockWithOffset), (time.Time, time.Basis));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   :  ")]
    [InlineData("05:45")]
    [InlineData("+99:00")]
    [InlineData("+01:07")]
    [InlineData("-13:00")]
    public void A_clock_without_a_zone_that_there_is_says_the_time_of_day_alone(string? offset)
    {
        CaptureTime time = Read(new TestPicture { Taken = Clock, Offset = offset }.ToJpeg()).Captured!.Value;

        Assert.Equal((AtClock, CaptureTimeBasis.LocalClock, false), (time.Time, time.Basis, time.IsExact));
        Assert.Equal(DateTimeKind.Unspecified, time.Time.Kind);
    }

    [Fact]
    public void The_satellites_give_the_zone_to_the_camera_clock_and_not_the_second()
    {
        // 01:04:00 UTC and 03:04:05 on the clock: two hours ahead, and the fix was five seconds old.
        CaptureTime time = Read(new TestPicture { Taken = Clock, Satellites = new DateTime(2020, 1, 2, 1, 4, 0) }.ToJpeg()).Captured!.Value;

        Assert.Equal((new DateTime(2020, 1, 2, 1, 4, 5), CaptureTimeBasis.Gps, true), (time.Time, time.Basis, time.IsExact));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(20, 4)]
    public void Satellites_that_fit_no_zone_are_not_believed(int hour, int minute)
    {
        CaptureTime time = Read(new TestPicture { Taken = Clock, Satellites = new DateTime(2020, 1, 2, hour, minute, 0) }.ToJpeg()).Captured!.Value;

        Assert.Equal(CaptureTimeBasis.LocalClock, time.Basis);
    }

    [Fact]
    public void Satellites_alone_tell_the_time() => Assert.Equal(
        new CaptureTime(new DateTime(2020, 1, 2, 1, 4, 0), CaptureTimeBasis.Gps),
        Read(new TestPicture { Satellites = new DateTime(2020, 1, 2, 1, 4, 0) }.ToJpeg()).Captured);

    [Theory]
    [InlineData(null)]
    [InlineData("0000:00:00 00:00:00")]
    [InlineData("    :  :     :  :  ")]
    [InlineData("1904:01:01 00:00:00")]
    [InlineData("yesterday")]
    public void A_picture_without_a_believable_date_tells_none(string? taken) =>
        Assert.Equal(new MediaFacts(null, 64, 48, false), Read(new TestPicture { Taken = taken }.ToJpeg()));

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(8, true)]
    public void A_picture_that_lies_on_its_side_has_both_sizes(int orientation, bool isTurned)
    {
        MediaFacts facts = Read(new TestPicture { Orientation = orientation }.ToJpeg());

        Assert.True(facts.HasSize(64, 48));
        Assert.Equal(isTurned, facts.HasSize(48, 64));
        Assert.False(facts.HasSize(64, 64));
    }

    [Fact]
    public void No_size_is_no_size() => Assert.False(MediaFacts.None.HasSize(0, 0));

    [Fact]
    public void Damaged_bytes_say_nothing_and_throw_nothing()
    {
        byte[] jpeg = new TestPicture { Taken = Clock, Offset = "+01:00", Satellites = AtClock }.ToJpeg();
        byte[] movie = new TestPicture().ToVideo(AtClock);
        Random random = new(4711);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. i % 3 == 0 ? TestPicture.Heic : i % 3 == 1 ? jpeg : movie];
            for (int j = 0; j <= i % 4; j++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            _ = Read(damaged[..random.Next(damaged.Length + 1)]);
        }

        Assert.Equal(MediaFacts.None, Read("this is no picture"u8.ToArray()));
        Assert.Equal(MediaFacts.None, Read([]));
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error()
    {
        using TempFolder folder = new();

        Assert.Equal(folder["a.jpg"], Assert.Throws<FileReadFailedException>(() => MediaFacts.Read(folder["a.jpg"])).Path);
        Assert.Throws<FileReadFailedException>(() => MediaFacts.Read(folder.Path));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(345, true)]
    [InlineData(-720, true)]
    [InlineData(840, true)]
    [InlineData(-735, false)]
    [InlineData(855, false)]
    [InlineData(10, false)]
    [InlineData(61, false)]
    public void A_clock_can_be_ahead_of_UTC_by_a_zone_and_by_nothing_else(int minutesAhead, bool expected)
    {
        DateTimeOffset moment = new(2020, 1, 2, 3, 4, 5, 999, TimeSpan.Zero);
        CaptureTime clock = new(AtClock.AddMinutes(minutesAhead), CaptureTimeBasis.LocalClock);

        Assert.Equal(expected, clock.CanBe(moment));
        Assert.False(clock.CanBe(moment.AddSeconds(1)));
        Assert.Equal(minutesAhead == 0, (clock with { Basis = CaptureTimeBasis.ClockWithOffset }).CanBe(moment));
    }

    private static MediaFacts Read(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return MediaFacts.Read(stream);
    }
}
