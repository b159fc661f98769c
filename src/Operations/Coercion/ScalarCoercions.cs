using System.Collections.Frozen;
using System.Text.Json;

namespace GraphGateway.Operations;

/// <summary>What became of a scalar's input: a value, or why it is none.</summary>
/// <param name="Value">The value in the form that resolvers get; null is a value.</param>
/// <param name="Error">A sentence for the client, or null.</param>
public readonly record struct ScalarValue(object? Value, string? Error)
{
    /// <summary>A value.</summary>
    public static ScalarValue Of(object? value) => new(value, null);

    /// <summary>No value.</summary>
    public static ScalarValue Invalid(string error) => new(null, error);
}

/// <summary>
/// How input values of custom scalars are read (<see href="https://spec.graphql.org/September2025/#sec-Scalars.Custom-Scalars">Spec §3.5.6</see>).
/// A scalar that is not in the table is passed through as the <see cref="JsonElement"/> that came; literals are turned to JSON first, so
/// that one function reads both.
/// </summary>
public sealed class ScalarCoercions
{
    private readonly FrozenDictionary<string, Func<JsonElement, ScalarValue>> readers;

    /// <summary>A table by scalar name.</summary>
    public ScalarCoercions(IReadOnlyDictionary<string, Func<JsonElement, ScalarValue>> readers) =>
        this.readers = readers.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every custom scalar is passed through.</summary>
    public static ScalarCoercions PassThrough { get; } = new(new Dictionary<string, Func<JsonElement, ScalarValue>>());

    internal ScalarValue Read(string scalarName, JsonElement input)
    {
        if (!readers.TryGetValue(scalarName, out var reader))
        {
            return ScalarValue.Of(input);
        }

        var result = reader(input);
        return result.Error is { } error ? ScalarValue.Invalid($"Expected type \"{scalarName}\". {error}") : result;
    }
}
