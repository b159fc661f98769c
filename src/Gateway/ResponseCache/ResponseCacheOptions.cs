using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>
/// How long answers may be kept, here and by those in between (<c>Gateway:ResponseCache</c>). What may be kept the sources say, in <c>Cache-Control</c>.
/// </summary>
public sealed record ResponseCacheOptions
{
    /// <summary>The most that <see cref="AnswerBytes"/> can be.</summary>
    internal const int MostAnswerBytes = 512 * 1024;

    /// <summary>Whether clients, and what stands between, are told how long they may keep an answer.</summary>
    public bool CacheControl { get; init; }

    /// <summary>Whether whole answers are kept in the gateway's memory and given again.</summary>
    public bool Answers { get; init; }

    /// <summary>Whether entities are kept in the gateway's memory, each by itself, and not fetched again.</summary>
    public bool Entities { get; init; }

    /// <summary>Bytes of memory for all answers that are kept.</summary>
    public int Bytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes of memory for all entities that are kept.</summary>
    public int EntityBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes of the largest answer, and of the largest entity, that is kept.</summary>
    public int AnswerBytes { get; init; } = MostAnswerBytes;

    /// <summary>The longest time for which an answer is kept, whatever its sources say.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Whether answers have the header <c>GraphGateway-Cache</c>, which says what became of them here. It names sources.</summary>
    public bool Debug { get; init; }

    /// <summary>Where it may be said what is to be forgotten, and by whom; null for nowhere.</summary>
    public InvalidationOptions? Invalidation { get; init; }

    /// <summary>Where replicas share what they keep; null for nowhere.</summary>
    public SharedCacheOptions? Shared { get; init; }

    /// <summary>Whether what sources say is looked at.</summary>
    internal bool IsOn => CacheControl || Answers || Entities;

    internal static ResponseCacheOptions Read(SettingsReader reader)
    {
        var defaults = new ResponseCacheOptions();
        var options = new ResponseCacheOptions
        {
            CacheControl = reader.OnOff(nameof(CacheControl), defaults.CacheControl),
            Answers = reader.OnOff(nameof(Answers), defaults.Answers),
            Entities = reader.OnOff(nameof(Entities), defaults.Entities),
            Bytes = reader.Count(nameof(Bytes), defaults.Bytes),
            EntityBytes = reader.Count(nameof(EntityBytes), defaults.EntityBytes),
            AnswerBytes = reader.Count(nameof(AnswerBytes), defaults.AnswerBytes, max: MostAnswerBytes),
            MaxAge = reader.Duration(nameof(MaxAge), defaults.MaxAge),
            Invalidation = reader.Section(nameof(Invalidation), InvalidationOptions.Read),
            Shared = reader.Section(nameof(Shared), SharedCacheOptions.Read),
            Debug = reader.OnOff(nameof(Debug), defaults.Debug),
        };
        if (options is { Shared: not null, Answers: false, Entities: false })
        {
            reader.Problem(nameof(Shared), $"is of no use while nothing is kept: set {nameof(Answers)} or {nameof(Entities)} to On.");
        }

        return options;
    }
}
