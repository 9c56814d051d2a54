using GPhotos.Core.Auth;

namespace GPhotos.Tests.Auth;

public sealed class SignInEndTests
{
    private const string Rapt = "invalid_rapt";

    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    // All in days after the sign-in; -1 where nothing is known.
    [Theory]
    [InlineData(7.0, 1.0, 7.0, SignInEndReason.TestingMode)]
    [InlineData(7.0, 1.0, 400.0, SignInEndReason.TestingMode)]
    [InlineData(7.0, 1.0, 6.98, SignInEndReason.TestingMode)]
    [InlineData(7.03, 1.0, 8.0, SignInEndReason.TestingMode)]
    [InlineData(7.0, 1.0, 3.0, SignInEndReason.Revoked)]
    [InlineData(7.0, -1.0, 3.0, SignInEndReason.Revoked)]
    [InlineData(30.0, 29.0, 30.0, SignInEndReason.TimeLimit)]
    [InlineData(1.0, 1.0, 1.0, SignInEndReason.TimeLimit)]
    [InlineData(365.0, 300.0, 310.0, SignInEndReason.Revoked)]
    [InlineData(365.0, 10.0, 200.0, SignInEndReason.Unused)]
    [InlineData(-1.0, 0.0, 0.1, SignInEndReason.Revoked)]
    [InlineData(-1.0, 6.0, 6.9, SignInEndReason.Revoked)]
    [InlineData(-1.0, 6.0, 7.0, SignInEndReason.TestingMode)]
    [InlineData(-1.0, 7.0, 8.0, SignInEndReason.TestingMode)]
    [InlineData(-1.0, 7.1, 8.0, SignInEndReason.Revoked)]
    [InlineData(-1.0, 90.0, 91.0, SignInEndReason.Revoked)]
    [InlineData(-1.0, 90.0, 269.0, SignInEndReason.Revoked)]
    [InlineData(-1.0, 90.0, 271.0, SignInEndReason.Unused)]
    [InlineData(-1.0, -1.0, 6.9, SignInEndReason.Revoked)]
    [InlineData(-1.0, -1.0, 8.0, SignInEndReason.Unknown)]
    [InlineData(-1.0, -1.0, 200.0, SignInEndReason.Unknown)]
    public void The_reason_is_told_from_what_is_known_of_the_sign_in(double endsAt, double usedAt, double now, SignInEndReason expected) =>
        Assert.Equal(expected, new SignInEnd(Start, Day(endsAt), Day(usedAt)).ReasonAt(Start.AddDays(now), subtype: null));

    [Theory]
    [InlineData(-1.0, -1.0, 8.0, SignInEndReason.Unknown)]
    [InlineData(-1.0, 1.0, 8.0, SignInEndReason.Unknown)]
    [InlineData(-1.0, 1.0, 200.0, SignInEndReason.Unused)]
    [InlineData(7.0, 1.0, 7.0, SignInEndReason.TimeLimit)]
    [InlineData(7.0, 1.0, 3.0, SignInEndReason.Revoked)]
    public void A_sign_in_of_unknown_age_is_not_taken_for_a_young_one(double endsAt, double usedAt, double now, SignInEndReason expected) =>
        Assert.Equal(expected, new SignInEnd(null, Day(endsAt), Day(usedAt)).ReasonAt(Start.AddDays(now), subtype: null));

    [Theory]
    [InlineData(-1.0)]
    [InlineData(7.0)]
    public void Session_control_says_so_itself(double endsAt) =>
        Assert.Equal(SignInEndReason.SessionControl, new SignInEnd(Start, Day(endsAt), Start).ReasonAt(Start.AddDays(300), Rapt));

    [Theory]
    [InlineData(7.0, true)]
    [InlineData(6.97, true)]
    [InlineData(7.03, true)]
    [InlineData(6.0, false)]
    [InlineData(8.0, false)]
    [InlineData(-1.0, false)]
    public void Seven_days_are_those_of_Testing(double endsAt, bool expected) =>
        Assert.Equal(expected, new SignInEnd(Start, Day(endsAt), null).IsOfTestingMode);

    [Theory]
    [InlineData(SignInEndReason.TestingMode, "Testing")]
    [InlineData(SignInEndReason.TimeLimit, "granted for a time")]
    [InlineData(SignInEndReason.Unused, "six months")]
    [InlineData(SignInEndReason.SessionControl, "organisation")]
    [InlineData(SignInEndReason.Revoked, "myaccount.google.com/connections")]
    [InlineData(SignInEndReason.Unknown, "withdrawn")]
    public void The_words_are_Googles_and_the_reason(SignInEndReason reason, string why)
    {
        foreach (SignInEnd end in (SignInEnd[])[new(Start, Start.AddDays(7), Start), new(null, null, null), new(null, Start, null), new(Start, null, Start)])
        {
            string told = end.Tell(reason, "Token has been expired or revoked (invalid_grant)");

            Assert.StartsWith("Google no longer takes the sign-in: Token has been expired or revoked (invalid_grant). ", told, StringComparison.Ordinal);
            Assert.Contains(why, told, StringComparison.Ordinal);
        }
    }

    private static DateTimeOffset? Day(double days) => days < 0 ? null : Start.AddDays(days);
}
