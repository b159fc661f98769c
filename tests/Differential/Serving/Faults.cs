using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>What goes wrong in a run, decided by hash: the same whoever asks, and however often.</summary>
internal sealed record Faults(ulong Seed)
{
    public static Faults None { get; } = new(0UL);

    /// <summary>Of a hundred fields of objects, so many fail, wherever they are asked for.</summary>
    public int FieldPercent { get; init; }

    /// <summary>Of a hundred requests to sources, so many fail.</summary>
    public int RequestPercent { get; init; }

    /// <summary>Places of the response where the single server fails.</summary>
    public IReadOnlySet<string>? Paths { get; init; }

    /// <summary>Those of them at which nothing is done, either: a write that is not allowed.</summary>
    public IReadOnlySet<string>? Forbidden { get; init; }

    /// <summary>True when the field of the object fails.</summary>
    public bool Fails(WorldObject parent, WorldField field) => FieldPercent > 0 && field.CanFail
        && Hashing.Of($"{Seed} {parent.TypeName} {parent.Number} {field.Name}") % 100 < (ulong)FieldPercent;

    /// <summary>How the request fails; null when it does not.</summary>
    public RequestFault? Of(string source, string body)
    {
        var hash = Hashing.Of(string.Create(CultureInfo.InvariantCulture, $"{Seed} {source} {body}"));
        return RequestPercent > 0 && hash % 100 < (ulong)RequestPercent ? (RequestFault)(Hashing.Next(hash) % 5) : null;
    }
}

internal enum RequestFault
{
    Unreachable,
    Status,
    Malformed,
    ErrorsWithoutData,
    Empty,
}
