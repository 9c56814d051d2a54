using GPhotos.Tests.Support;

namespace GPhotos.Tests.Comparison;

public sealed class RenamedTests : IDisposable
{
    private static readonly DateTime Noon = TestComparison.Noon;
    private readonly TestComparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Fact]
    public async Task A_renamed_picture_is_known_by_its_time_and_size()
    {
        _comparison.Local("holiday.jpg");
        _comparison.Online("IMG_1.jpg");

        Assert.Equal("== holiday.jpg item-0 Time", await _comparison.OneAsync());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(640, 480)]
    public async Task Without_the_same_size_it_is_another(int width, int height)
    {
        _comparison.Local("holiday.jpg");
        _comparison.Online("IMG_1.jpg", width: width, height: height);

        Assert.Equal(["<= holiday.jpg", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_renamed_burst_is_not_guessed()
    {
        _comparison.Local("a.jpg");
        _comparison.Local("b.jpg");
        _comparison.Online("x.jpg");
        _comparison.Online("y.jpg");

        Assert.Equal(
            ["<> a.jpg ? item-0,item-1", "<> b.jpg ? item-0,item-1", "<> item-0 ? a.jpg,b.jpg", "<> item-1 ? a.jpg,b.jpg"], await _comparison.AllAsync());
        Assert.Equal((2, 2), (_comparison.Summary.AmbiguousLocal, _comparison.Summary.AmbiguousOnline));
    }

    [Fact]
    public async Task A_renamed_burst_is_told_apart_by_fractions()
    {
        _comparison.Local("a.jpg", TestComparison.At(Noon, subSecond: "250"));
        _comparison.Local("b.jpg", TestComparison.At(Noon, subSecond: "500"));
        _comparison.Online("x.jpg", Noon.AddSeconds(0.5));
        _comparison.Online("y.jpg", Noon.AddSeconds(0.75));

        Assert.Equal(["<= a.jpg", "== b.jpg item-0 Time", "=> item-1"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_frame_that_is_left_of_a_burst_may_be_another_frame()
    {
        foreach (string name in new[] { "IMG_1.jpg", "IMG_2.jpg" })
        {
            _comparison.Local(name);
        }

        _comparison.Online("IMG_2.jpg");
        _comparison.Online("IMG_3.jpg");

        Assert.Equal(["<> IMG_1.jpg ? item-1", "== IMG_2.jpg item-0 NameAndTime", "<> item-1 ? IMG_1.jpg"], await _comparison.AllAsync());
    }

    [Theory]
    [InlineData("IMG_0001.jpg", "IMG_0002.jpg")]
    [InlineData("DSC00001.jpg", "DSC00002.HEIC")]
    [InlineData("PXL_20171005_120000123.jpg", "PXL_20171005_120000456.jpg")]
    [InlineData("2017-10-05 12.00.00.jpg", "2017-10-05 12.00.00-1.jpg")]
    [InlineData("20171005_120000.jpg", "20171005_120000_001.jpg")]
    public async Task Another_number_of_the_same_series_is_another_shot_and_no_new_name(string local, string online)
    {
        _comparison.Local(local);
        _comparison.Online(online);

        Assert.Equal(["<> " + local + " ? item-0", "<> item-0 ? " + local], await _comparison.AllAsync());
    }

    [Theory]
    [InlineData("20171005_120000 beach.jpg", "20171005_120000.jpg")]
    [InlineData("2017-10-05 001.jpg", "IMG_0002.jpg")]
    public async Task A_name_of_another_series_is_a_new_name(string local, string online)
    {
        _comparison.Local(local);
        _comparison.Online(online);

        Assert.EndsWith(" Time", await _comparison.OneAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shift_that_files_of_the_folder_have_counts_for_the_renamed_too()
    {
        _comparison.Local("IMG_1.jpg", TestComparison.At(Noon.AddMinutes(1)));
        _comparison.Online("IMG_1.jpg", Noon.AddMinutes(1).AddHours(-2));
        _comparison.Local("holiday.jpg", TestComparison.At(Noon.AddMinutes(2)));
        _comparison.Online("IMG_2.jpg", Noon.AddMinutes(2).AddHours(-2));

        Assert.Equal(["== IMG_1.jpg item-0 NameAndTime", "== holiday.jpg item-1 Time"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_shift_that_explains_the_whole_folder_counts_where_all_are_renamed()
    {
        for (int i = 0; i < 4; i++)
        {
            _comparison.Local($"2017-10-05 {i}.jpg", TestComparison.At(Noon.AddSeconds(i * 37)));
            _comparison.Online($"IMG_{i}.jpg", Noon.AddSeconds(i * 37).AddHours(-2));
        }

        Assert.All(await _comparison.AllAsync(), row => Assert.EndsWith("Time", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_picture_in_another_zone_under_another_name_proves_nothing()
    {
        _comparison.Local("holiday.jpg");
        _comparison.Online("IMG_2.jpg", Noon.AddHours(-2));

        Assert.Equal(["<= holiday.jpg", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_camera_that_shoots_every_hour_is_not_taken_for_one_in_another_zone()
    {
        for (int i = 1; i < 12; i++)
        {
            _comparison.Local($"TL_{i}.jpg", TestComparison.At(Noon.AddHours(i)));
            _comparison.Online($"TL_{i - 1}.jpg", Noon.AddHours(i - 1));
        }

        string[] rows = await _comparison.AllAsync();
        Assert.Equal((1, 1, 10), (rows.Count(r => r == "<= TL_11.jpg"), rows.Count(r => r == "=> item-0"), rows.Count(r => r.StartsWith("==", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_video_is_no_photo()
    {
        _comparison.LocalBytes("a.mp4", new TestPicture().ToVideo(Noon, "isom"));
        _comparison.Online("b.jpg");

        Assert.Equal(["<= a.mp4", "=> item-0"], await _comparison.AllAsync());
    }
}
