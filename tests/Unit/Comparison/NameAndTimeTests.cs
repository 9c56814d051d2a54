using GPhotos.Tests.Support;

namespace GPhotos.Tests.Comparison;

public sealed class NameAndTimeTests : IDisposable
{
    private static readonly DateTime Noon = TestComparison.Noon;
    private readonly TestComparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Fact]
    public async Task The_same_name_time_and_size_is_the_same_picture()
    {
        _comparison.Local("a.jpg");
        _comparison.Online("a.jpg");

        Assert.Equal("== a.jpg item-0 NameAndTime", await _comparison.OneAsync());
        Assert.Equal(1, _comparison.Summary.MatchedBy[ComparisonMatch.NameAndTime]);
    }

    [Theory]
    [InlineData("IMG_1.JPG", "img_1.jpg")]
    [InlineData("e\u0301te\u0301.jpg", "\u00e9t\u00e9.jpg")]
    [InlineData("IMG_1.jpg", "IMG_1.HEIC")]
    [InlineData("IMG_1.jpeg", "IMG_1.jpg")]
    [InlineData("IMG_1(1).jpg", "IMG_1.jpg")]
    [InlineData("IMG_1 (2).jpg", "IMG_1.jpg")]
    [InlineData("IMG_1.jpg", "IMG_1(1).jpg")]
    [InlineData("IMG_1~3f2a9c.jpg", "IMG_1.jpg")]
    [InlineData("IMG_1.jpg", "IMG_1.CR2")]
    [InlineData("a_b_.jpg", "a:b?.jpg")]
    public async Task A_name_is_known_in_its_other_shapes(string local, string online)
    {
        _comparison.Local(local);
        _comparison.Online(online);

        Assert.EndsWith("NameAndTime", await _comparison.OneAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IMG_1.CR2", "IMG_1.jpg")]
    [InlineData("IMG_1.png", "IMG_1.jpg")]
    [InlineData("IMG_1.jpg", "IMG_1.png")]
    public async Task A_picture_of_another_format_is_another(string local, string online)
    {
        _comparison.LocalBytes(local, TestComparison.At(Noon).ToJpeg());
        _comparison.Online(online);

        Assert.Equal(["<= " + local, "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task The_JPEG_and_the_RAW_of_one_shot_are_two()
    {
        _comparison.LocalBytes("IMG_1.CR2", TestComparison.At(Noon).ToJpeg());
        _comparison.Local("IMG_1.JPG");
        _comparison.Online("IMG_1.JPG");

        Assert.Equal(["<= IMG_1.CR2", "== IMG_1.JPG item-0 NameAndTime"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_live_photo_is_two_items()
    {
        _comparison.LocalBytes("IMG_1.HEIC", TestComparison.At(Noon).ToJpeg());
        _comparison.LocalBytes("IMG_1.MOV", new TestPicture().ToVideo(Noon));
        _comparison.Online("IMG_1.MOV", type: MediaType.Video, mimeType: "video/quicktime");

        Assert.Equal(["<= IMG_1.HEIC", "== IMG_1.MOV item-0 NameAndTime"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task An_MP4_here_can_be_a_video_of_another_format_there()
    {
        _comparison.LocalBytes("IMG_1.mp4", new TestPicture().ToVideo(Noon, "isom"));
        _comparison.Online("IMG_1.MOV", type: MediaType.Video);

        Assert.Equal("== IMG_1.mp4 item-0 NameAndTime", await _comparison.OneAsync());
    }

    [Theory]
    [InlineData(65, 48, false)]
    [InlineData(48, 64, false)]
    [InlineData(64, 48, true)]
    [InlineData(0, 0, true)]
    public async Task The_size_must_agree_where_it_is_known(int width, int height, bool isSame)
    {
        _comparison.Local("a.jpg");
        _comparison.Online("a.jpg", width: width, height: height);

        Assert.Equal(isSame ? 1 : 2, (await _comparison.CompareAsync()).Count);
    }

    [Fact]
    public async Task A_turned_picture_has_either_size()
    {
        _comparison.Local("a.jpg", TestComparison.At(Noon) with { Orientation = 6 });
        _comparison.Online("a.jpg", width: 48, height: 64);

        Assert.Equal("== a.jpg item-0 NameAndTime", await _comparison.OneAsync());
    }

    [Theory]
    [InlineData("+02:00", 10, true)]
    [InlineData("-03:30", 15.5, true)]
    [InlineData("+02:00", 10.1, false)]
    public async Task A_zone_that_the_file_tells_is_taken(string offset, double utcHour, bool isSame)
    {
        _comparison.Local("a.jpg", TestComparison.At(Noon, offset));
        _comparison.Online("a.jpg", Noon.Date.AddHours(utcHour));

        Assert.Equal(isSame ? 1 : 2, (await _comparison.CompareAsync()).Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-9.5)]
    [InlineData(5.75)]
    [InlineData(14)]
    public async Task A_clock_without_a_zone_may_stand_in_any(double hours)
    {
        _comparison.Local("a.jpg");
        _comparison.Online("a.jpg", Noon.AddHours(hours));

        Assert.Equal("== a.jpg item-0 NameAndTime", await _comparison.OneAsync());
    }

    [Theory]
    [InlineData(15)]
    [InlineData(2.1)]
    [InlineData(0.25)]
    public async Task Other_differences_are_those_of_other_pictures(double hours)
    {
        _comparison.Local("a.jpg");
        _comparison.Online("a.jpg", Noon.AddHours(hours));

        Assert.Equal(["<= a.jpg", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task The_right_time_is_better_than_one_in_another_zone()
    {
        _comparison.Local("a.jpg");
        _comparison.Online("a.jpg", Noon.AddHours(2));
        _comparison.Online("a.jpg");

        Assert.Equal(["== a.jpg item-1 NameAndTime", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_shift_that_the_folder_shares_is_better_than_an_odd_one()
    {
        for (int i = 0; i < 3; i++)
        {
            _comparison.Local($"{i}.jpg", TestComparison.At(Noon.AddMinutes(i)));
            _comparison.Online($"{i}.jpg", Noon.AddMinutes(i).AddHours(-2));
        }

        _comparison.Local("x.jpg", TestComparison.At(Noon.AddSeconds(30)));
        _comparison.Online("x.jpg", Noon.AddSeconds(30).AddHours(-1));
        _comparison.Online("x.jpg", Noon.AddSeconds(30).AddHours(-2));

        Assert.Contains("== x.jpg item-4 NameAndTime", await _comparison.AllAsync());
    }

    [Fact]
    public async Task Two_odd_shifts_are_not_chosen_between()
    {
        _comparison.Local("x.jpg");
        _comparison.Online("x.jpg", Noon.AddHours(-1));
        _comparison.Online("x.jpg", Noon.AddHours(-2));

        Assert.Equal(["<> x.jpg ? item-0,item-1", "<> item-0 ? x.jpg", "<> item-1 ? x.jpg"], await _comparison.AllAsync());
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(0.7)]
    [InlineData(-0.3)]
    public async Task Fractions_of_a_second_do_not_make_another_picture(double seconds)
    {
        _comparison.Local("a.jpg");
        _comparison.Online("a.jpg", Noon.AddSeconds(seconds));

        Assert.Equal("== a.jpg item-0 NameAndTime", await _comparison.OneAsync());
    }

    [Fact]
    public async Task Frames_of_a_burst_are_told_apart_by_their_names()
    {
        _comparison.Local("IMG_1.jpg");
        _comparison.Local("IMG_2.jpg");
        _comparison.Online("IMG_2.jpg");
        _comparison.Online("IMG_1.jpg");

        Assert.Equal(["== IMG_1.jpg item-1 NameAndTime", "== IMG_2.jpg item-0 NameAndTime"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task Frames_of_a_burst_are_told_apart_by_fractions()
    {
        _comparison.Local("a/IMG.jpg", TestComparison.At(Noon, subSecond: "10"));
        _comparison.Local("b/IMG.jpg", TestComparison.At(Noon, subSecond: "50"));
        _comparison.Online("IMG.jpg", Noon.AddSeconds(0.5));
        _comparison.Online("IMG.jpg", Noon.AddSeconds(0.1));

        Assert.Equal(["== a/IMG.jpg item-1 NameAndTime", "== b/IMG.jpg item-0 NameAndTime"], await _comparison.AllAsync());
    }

    [Theory]
    [InlineData("20171005_120000(0).jpg", "20171005_120000.jpg")]
    [InlineData("IMG_20171005_120000.jpg", "IMG_20171005_120000(1).jpg")]
    [InlineData("2017-10-05 12.00.00.jpg", "2017-10-05 12.00.00 (2).jpg")]
    public async Task A_mark_behind_a_name_made_of_the_time_tells_another_frame(string local, string online)
    {
        _comparison.Local(local);
        _comparison.Online(online);

        Assert.Equal(["<> " + local + " ? item-0", "<> item-0 ? " + local], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_mark_and_another_fraction_tell_another_frame()
    {
        _comparison.Local("IMG_1(1).jpg", TestComparison.At(Noon, subSecond: "10"));
        _comparison.Online("IMG_1.jpg", Noon.AddSeconds(0.5));

        Assert.Equal(["<= IMG_1(1).jpg", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task One_item_for_two_files_is_not_guessed()
    {
        _comparison.Local("a/IMG.jpg");
        _comparison.Local("b/IMG.jpg");
        string id = _comparison.Online("IMG.jpg");

        Assert.Equal([$"<> a/IMG.jpg ? {id}", $"<> b/IMG.jpg ? {id}", $"<> {id} ? IMG.jpg,IMG.jpg"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task Two_files_of_the_same_bytes_are_one_picture()
    {
        byte[] bytes = TestComparison.At(Noon).ToJpeg();
        _comparison.LocalBytes("a/IMG.jpg", bytes);
        _comparison.LocalBytes("b/IMG.jpg", bytes);
        _comparison.LocalBytes("c/other.jpg", bytes);
        _comparison.Online("IMG.jpg");

        Assert.Equal(
            ["== a/IMG.jpg item-0 NameAndTime", "== b/IMG.jpg item-0 NameAndTime copy", "== c/other.jpg item-0 NameAndTime copy"],
            await _comparison.AllAsync());
    }
}
