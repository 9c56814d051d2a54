using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>Reads whose something shall be that an admin call makes: the first project's unless it says other.</summary>
internal static class OwnerRequest
{
    public static Caller Read(RequestObject request)
    {
        string user = request.String("user") ?? Caller.DefaultUser;
        return request.Boolean("foreign") == true
            ? Caller.Foreign(user)
            : new Caller(user, request.String("project") ?? OAuthClient.ProjectId);
    }
}
