namespace GPhotos.Tests.Comparison;

public sealed class NameAloneTests : IDisposable
{
    // When Google got it, which is all that it tells of a picture without a date.
    private static readonly DateTime Uploaded = new(2024, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private readonly TestComparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Theory]
    [InlineData("Scan.jpg", "Scan.jpg", false)]
    [InlineData("scan.JPG", "Scan.jpg", false)]
    [InlineData("Scan.jpg", "Scan.HEIC", true)]
    public async Task A_file_without_a_date_is_known_by_a_name_that_stands_once(string local, string online, bool undated)
    {
        _comparison.Local(local, TestComparison.Undated);
        _comparison.Online(online, Uploaded, undated: undated);

        Assert.Equal($"== {local} item-0 Name", await _comparison.OneAsync());
    }

    [Fact]
    public async Task An_item_without_a_date_is_known_by_its_name()
    {
        _comparison.Local("a.jpg");
        _comparison.Online("a.jpg", undated: true, width: 0, height: 0);

        Assert.Equal("== a.jpg item-0 Name", await _comparison.OneAsync());
    }

    [Fact]
    public async Task Where_both_have_a_date_the_name_alone_is_not_enough()
    {
        _comparison.Local("IMG_0001.jpg");
        _comparison.Online("IMG_0001.jpg", Uploaded);

        Assert.Equal(["<= IMG_0001.jpg", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_name_that_stands_twice_is_not_enough()
    {
        _comparison.Local("a/Scan.jpg", TestComparison.Undated);
        _comparison.Local("b/Scan.jpg", TestComparison.Undated);
        _comparison.Online("Scan.jpg", Uploaded);

        Assert.Equal(["<> a/Scan.jpg ? item-0", "<> b/Scan.jpg ? item-0", "<> item-0 ? Scan.jpg,Scan.jpg"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_name_that_another_picture_is_known_by_is_not_enough_either()
    {
        _comparison.Local("a/IMG.jpg");
        _comparison.Local("b/IMG.jpg", TestComparison.Undated);
        _comparison.Online("IMG.jpg");
        _comparison.Online("IMG.jpg", Uploaded);

        Assert.Equal(["== a/IMG.jpg item-0 NameAndTime", "<> b/IMG.jpg ? item-1", "<> item-1 ? IMG.jpg"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task The_mark_of_a_second_file_is_part_of_a_name_that_stands_alone()
    {
        _comparison.Local("Scan(1).jpg", TestComparison.Undated);
        _comparison.Online("Scan.jpg", Uploaded);

        Assert.Equal(["<= Scan(1).jpg", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task Another_size_speaks_against_it()
    {
        _comparison.Local("Scan.jpg", TestComparison.Undated);
        _comparison.Online("Scan.jpg", Uploaded, width: 640, height: 480);

        Assert.Equal(["<= Scan.jpg", "=> item-0"], await _comparison.AllAsync());
    }
}
