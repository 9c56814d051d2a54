using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Picker;

/// <summary>The media bytes behind the Picker's base URLs: the URL alone is no permission, the user's token must come with it.</summary>
internal sealed class PickerMediaEndpoint(EmulatorState state)
{
    private readonly MediaEndpoint _media = new(state, state.PickerBaseUrls);

    public ValueTask<Reply> GetAsync(Exchange exchange)
    {
        if (state.Tokens.FindLive(DoorKeeper.Bearer(exchange) ?? "") is not AccessToken token)
        {
            return ValueTask.FromResult(
                state.Picker.Current.UnsignedMediaStatus == 403 ? MediaEndpoint.Forbidden() : Unauthorized());
        }

        bool isLetIn = (token.Scopes & ScopeSet.PickerRead) != 0 && _media.OwnerOf(exchange)?.User == token.Grant.Caller.User;
        return isLetIn ? _media.GetAsync(exchange) : ValueTask.FromResult(MediaEndpoint.Forbidden());
    }

    private static Reply Unauthorized() =>
        Reply.Html("<!doctype html><title>Error 401 (Unauthorized)!!1</title><p>Your client does not have permission.", 401);
}
