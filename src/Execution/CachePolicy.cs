namespace GraphGateway.Execution;

/// <summary>Why an answer may not be kept.</summary>
public enum CacheObstacle
{
    /// <summary>Its source has not said that it may: no <c>Cache-Control</c> with an age, or no source was asked.</summary>
    Unsaid,

    /// <summary>Nothing is in the way.</summary>
    None,

    /// <summary>The source forbids it: <c>no-store</c>.</summary>
    NoStore,

    /// <summary>The source wants to be asked each time: <c>no-cache</c>.</summary>
    NoCache,

    /// <summary>Its time was over when it came: <c>max-age=0</c>, or <c>Age</c> has used it up.</summary>
    Stale,

    /// <summary>It depends on what is another for each request: <c>Vary</c>.</summary>
    Varies,

    /// <summary>It is no answer with status 200.</summary>
    Status,

    /// <summary>It has more tags than are kept, or some that are none: nobody could be sure to have it forgotten.</summary>
    Tags,
}

/// <summary>
/// How long an answer may be kept, and for whom (<see href="https://www.rfc-editor.org/rfc/rfc9111">RFC 9111</see>). The default value allows nothing.
/// </summary>
/// <param name="Obstacle">Why it may not be kept; the other members count where that is <see cref="CacheObstacle.None"/>.</param>
/// <param name="FreshUntil">By the clock's timestamps, until when it holds.</param>
/// <param name="StaleUntil">Until when it may be given while a new one is fetched; not before <paramref name="FreshUntil"/>.</param>
/// <param name="IsPrivate">True where it is for the client alone that asked.</param>
public readonly record struct CachePolicy(CacheObstacle Obstacle, long FreshUntil, long StaleUntil, bool IsPrivate)
{
    /// <summary>It may not be kept.</summary>
    public static CachePolicy Not(CacheObstacle obstacle) => new(obstacle, 0, 0, IsPrivate: false);

    /// <summary>That of an answer which both are a part of: the shorter time, the stricter scope, and what is in the way of one is in the way of both.</summary>
    public CachePolicy And(in CachePolicy other) =>
        Obstacle != CacheObstacle.None ? this
        : other.Obstacle != CacheObstacle.None ? other
        : new(CacheObstacle.None, Math.Min(FreshUntil, other.FreshUntil), Math.Min(StaleUntil, other.StaleUntil), IsPrivate || other.IsPrivate);
}
