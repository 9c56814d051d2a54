using GPhotos.Emulator.Admin;
using GPhotos.Emulator.CloudStorage;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Picker;
using GPhotos.Emulator.Quotas;
using GPhotos.Emulator.Search;
using GPhotos.Emulator.Uploads;

namespace GPhotos.Emulator.Hosting;

/// <summary>All that one emulator knows. Nothing is static, so that many can run in one process.</summary>
internal sealed class EmulatorState : IDisposable
{
    private Uri _address = new("http://127.0.0.1/");

    public EmulatorState(EmulatorOptions options, CancellationToken stopping)
    {
        Clock = new EmulatorClock(options.TimeProvider);
        Options = options = options with { TimeProvider = Clock };
        Limits = new Limits(options);
        Stopping = stopping;
        BaseUrls = new BaseUrls(options, BaseUrls.LibraryPath);
        PickerBaseUrls = new BaseUrls(options, PickerRoutes.MediaPath);
        Picker = new PickerSettings(options.Picker);
        PickingSessions = new PickingSessions(Picker, options.TimeProvider);
        OAuth = new OAuthSettings(options);
        Grants = new Grants(OAuth, options.TimeProvider);
        Tokens = new TokenStore(options, Grants);
        ConsentRules = new ConsentRules(OAuth, Accounts);
        Codes = new AuthorizationCodes(options.TimeProvider);
        UploadTokens = new UploadTokens(Contents, options.TimeProvider);
        UploadSessions = new UploadSessions(SpoolRoom, options.TimeProvider);
        Buckets = new Buckets(options.TimeProvider);
        options.Buckets.Distinct().ToList().ForEach(name => Buckets.Add(name, OAuthClient.ProjectId, storageClass: null));
        InsertSessions = new InsertSessions(SpoolRoom, options.TimeProvider);
        Items = new ItemFactory(options);
        Pager = new Pager(options, new PageTokens());
        ItemJson = new MediaItemJson(BaseUrls, options.TimeProvider);
        AlbumJson = new AlbumJson(BaseUrls);
    }

    /// <summary>The options, with the emulator's own clock for the one given.</summary>
    public EmulatorOptions Options { get; }

    public EmulatorClock Clock { get; }

    public Limits Limits { get; }

    /// <summary>Cancelled when the server goes down.</summary>
    public CancellationToken Stopping { get; }

    public Uri Address
    {
        get => _address;
        set
        {
            _address = value;
            BaseUrls.SetAddress(value);
            PickerBaseUrls.SetAddress(value);
        }
    }

    public PhotoLibrary Library { get; } = new();

    public StorageSpace Storage { get; } = new();

    public BaseUrls BaseUrls { get; }

    /// <summary>Those of the Picker, which nobody may use without a token.</summary>
    public BaseUrls PickerBaseUrls { get; }

    public PickerSettings Picker { get; }

    public PickingSessions PickingSessions { get; }

    public OAuthSettings OAuth { get; }

    public OAuthAccounts Accounts { get; } = new();

    public ConsentRules ConsentRules { get; }

    public Grants Grants { get; }

    public TokenStore Tokens { get; }

    public ServiceAccount ServiceAccount { get; } = new();

    public AuthorizationCodes Codes { get; }

    public SpoolRoom SpoolRoom { get; } = new();

    public ContentStore Contents { get; } = new();

    public UploadTokens UploadTokens { get; }

    public UploadSessions UploadSessions { get; }

    public Buckets Buckets { get; }

    public InsertSessions InsertSessions { get; }

    public ItemFactory Items { get; }

    public Pager Pager { get; }

    public MediaItemJson ItemJson { get; }

    public AlbumJson AlbumJson { get; }

    public CallStatistics Statistics { get; } = new();

    public DownloadStatistics Downloads { get; } = new();

    public FaultList Faults { get; } = new();

    /// <summary>Gives back the temporary files.</summary>
    public void Dispose()
    {
        InsertSessions.Dispose();
        Buckets.Dispose();
        UploadSessions.Dispose();
        Contents.Dispose();
        ServiceAccount.Dispose();
    }
}
