using System.Globalization;

namespace GPhotos.Core.Quota;

/// <summary>How many writes a minute are allowed, where a user says other than Google.</summary>
public static class WritePace
{
    /// <summary>The environment variable that sets it; 0 stands for no limit, as an emulator may have none.</summary>
    public const string EnvironmentVariable = "GPHOTOS_WRITES_PER_MINUTE";

    /// <summary>What an account may write in a minute at Google.</summary>
    public const int Google = 30;

    /// <summary>What the environment says, else Google's limit.</summary>
    /// <exception cref="InvalidRequestException">The variable holds no such number.</exception>
    public static int FromEnvironment()
    {
        string? text = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrWhiteSpace(text))
        {
            return Google;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new InvalidRequestException(
                $"The environment variable {EnvironmentVariable} holds '{text}', which is not a number of writes a minute.");
    }
}
