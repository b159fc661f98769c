using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>
/// A problem that a user can mend: a value that is collected, not an exception.
/// <see href="https://spec.graphql.org/September2025/#sec-Errors">Spec §7.1.6 Errors</see>.
/// </summary>
public sealed record GraphQLError
{
    /// <summary>What is wrong, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Where in the document; empty when it belongs to no place in it.</summary>
    public ImmutableArray<SourceLocation> Locations { get; init; } = [];

    /// <summary>The names of the texts that <see cref="Locations"/> point into, one each; empty when there is but one text, which the reader knows.</summary>
    public ImmutableArray<string> LocationSources { get; init; } = [];

    /// <summary>Response path: strings (response keys) and ints (list indices); default when the error belongs to no field.</summary>
    public ImmutableArray<object> Path { get; init; }

    /// <summary>The machine-readable kind; written as <c>extensions.code</c>.</summary>
    public ErrorCode? Code { get; init; }

    /// <summary>Further entries of <c>extensions</c> beside the code, in order; values are strings, numbers, booleans or raw JSON.</summary>
    public ImmutableArray<KeyValuePair<string, object?>> Extensions { get; init; } = [];

    /// <summary>An error at places of a source text, given as byte offsets.</summary>
    public static GraphQLError At(SourceText source, string message, ErrorCode? code, params ReadOnlySpan<int> offsets)
    {
        var locations = ImmutableArray.CreateBuilder<SourceLocation>(offsets.Length);
        foreach (var offset in offsets)
        {
            locations.Add(source.LocationOf(offset));
        }

        return new GraphQLError { Message = message, Code = code, Locations = locations.DrainToImmutable() };
    }
}
