using GPhotos.Tests.Support;

namespace GPhotos.Tests.Models;

public sealed class PhotoDateTests
{
    private static readonly string[] Cultures = ["", "en-US", "de-DE", "ar-SA", "th-TH", "tr-TR", "fa-IR"];

    [Theory]
    [InlineData("2017-10-05", 2017, 10, 5, "2017-10-05")]
    [InlineData("2017-1-5", 2017, 1, 5, "2017-01-05")]
    [InlineData(" 2017-10-05 ", 2017, 10, 5, "2017-10-05")]
    [InlineData("2017-10", 2017, 10, 0, "2017-10")]
    [InlineData("2017-10-*", 2017, 10, 0, "2017-10")]
    [InlineData("2017", 2017, 0, 0, "2017")]
    [InlineData("2017-*-*", 2017, 0, 0, "2017")]
    [InlineData("2017-*", 2017, 0, 0, "2017")]
    [InlineData("*-10-05", 0, 10, 5, "*-10-05")]
    [InlineData("*-02-29", 0, 2, 29, "*-02-29")]
    [InlineData("2016-02-29", 2016, 2, 29, "2016-02-29")]
    [InlineData("0001-01-01", 1, 1, 1, "0001-01-01")]
    [InlineData("9999-12-31", 9999, 12, 31, "9999-12-31")]
    public void A_date_reads_the_same_under_every_culture(string text, int year, int month, int day, string written)
    {
        foreach (string culture in Cultures)
        {
            using CultureScope scope = new(culture);
            PhotoDate date = PhotoDate.Parse(text);

            Assert.Equal((year, month, day), (date.Year, date.Month, date.Day));
            Assert.Equal(written, date.ToString());
            Assert.Equal(date, PhotoDate.Parse(date.ToString()));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*-*-*")]
    [InlineData("*-10")]
    [InlineData("*-*-05")]
    [InlineData("2017-*-05")]
    [InlineData("2017-13-01")]
    [InlineData("2017-00-01")]
    [InlineData("2017-02-29")]
    [InlineData("2017-04-31")]
    [InlineData("2017-10-32")]
    [InlineData("0000")]
    [InlineData("12345")]
    [InlineData("2017-10-05-01")]
    [InlineData("2017/10/05")]
    [InlineData("05.10.2017")]
    [InlineData("-2017")]
    [InlineData("+2017")]
    [InlineData("2017- 1-01")]
    [InlineData("２０１７")]
    [InlineData("٢٠١٧-١٠-٠٥")]
    [InlineData("today")]
    public void What_is_no_date_is_refused_with_the_form_that_is_one(string text)
    {
        foreach (string culture in Cultures)
        {
            using CultureScope scope = new(culture);

            Assert.Contains("2017-10-05", Assert.Throws<FormatException>(() => PhotoDate.Parse(text)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 10, 0)]
    [InlineData(0, 0, 5)]
    [InlineData(2017, 0, 5)]
    [InlineData(-1, 1, 1)]
    [InlineData(10000, 1, 1)]
    [InlineData(2017, 13, 1)]
    [InlineData(2017, 2, 29)]
    [InlineData(2017, 1, -1)]
    public void Parts_that_Google_knows_no_date_for_are_refused(int year, int month, int day) =>
        Assert.Throws<ArgumentException>(() => PhotoDate.Create(year, month, day));

    [Fact]
    public void A_point_in_time_is_the_day_on_its_own_clock()
    {
        using CultureScope thai = new("th-TH");

        Assert.Equal("2017-10-05", PhotoDate.FromDateTime(new DateTime(2017, 10, 5, 23, 59, 59)).ToString());
    }

    [Theory]
    [InlineData("2017-10-05", "2018-01-01", true)]
    [InlineData("2017-10", "2018-01", true)]
    [InlineData("2017", "2018", true)]
    [InlineData("*-10-05", "*-12-05", true)]
    [InlineData("2017-10-05", "2018-01", false)]
    [InlineData("2017-10", "2018", false)]
    [InlineData("*-10-05", "2017-10-05", false)]
    public void A_range_needs_two_ends_of_one_kind(string start, string end, bool taken)
    {
        (PhotoDate first, PhotoDate last) = (PhotoDate.Parse(start), PhotoDate.Parse(end));
        if (taken)
        {
            Assert.Equal((first, last), (new PhotoDateRange(first, last).Start, new PhotoDateRange(first, last).End));
        }
        else
        {
            Assert.Throws<ArgumentException>(() => new PhotoDateRange(first, last));
        }
    }
}
