using System.Globalization;

namespace GPhotos.Core.Quota;

/// <summary>How many writes a minute an account may send.</summary>
public static class WritePace
{
    /// <summary>What Google grants: 30 a minute and user.</summary>
    public const int Google = 30;

    /// <summary>The environment variable that sets another pace, for projects that were granted one: a number, 0 for none at all.</summary>
    public const string EnvironmentVariable = "GPHOTOS_WRITES_PER_MINUTE";

    /// <summary>What the user's environment says, else Google's.</summary>
    /// <exception cref="InvalidRequestException">The variable holds no such number.</exception>
    internal static int OfUser
    {
        get
        {
            string? text = Environment.GetEnvironmentVariable(EnvironmentVariable);
            if (string.IsNullOrWhiteSpace(text))
            {
                return Google;
            }

            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pace)
                ? pace
                : throw new InvalidRequestException($"The environment variable {EnvironmentVariable} holds '{text}', which is not a number of writes.");
        }
    }
}
