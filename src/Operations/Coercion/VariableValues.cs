using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.Operations;

/// <summary>
/// The coerced variables of a request (<see href="https://spec.graphql.org/September2025/#CoerceVariableValues()">Spec §6.1.2</see>).
/// A value is null, <see cref="string"/> (String, ID, enum), <see cref="int"/>, <see cref="double"/>, <see cref="bool"/>,
/// <c>List&lt;object?&gt;</c>, <c>Dictionary&lt;string, object?&gt;</c> in definition order, or what <see cref="ScalarCoercions"/> makes of a
/// custom scalar.
/// </summary>
public sealed class VariableValues
{
    private readonly Dictionary<string, object?> values;
    private readonly Dictionary<string, JsonElement> provided;

    internal VariableValues(Dictionary<string, object?> values, Dictionary<string, JsonElement> provided)
    {
        this.values = values;
        this.provided = provided;
    }

    /// <summary>No variables.</summary>
    public static VariableValues Empty { get; } = new([], []);

    /// <summary>
    /// The value of a variable. False when it has none: not provided, and without a default (which is not the same as null, Spec §6.1.2).
    /// </summary>
    public bool TryGetValue(string name, out object? value) => values.TryGetValue(name, out value);

    /// <summary>True when the client gave the variable, be it null.</summary>
    public bool IsProvided(string name) => provided.ContainsKey(name);

    /// <summary>The JSON that the client gave for a variable, unchanged; false when it gave none.</summary>
    public bool TryGetProvided(string name, out JsonElement json) => provided.TryGetValue(name, out json);
}

/// <summary>The variables, or why they cannot be coerced. Exactly one of the two is there.</summary>
public sealed record VariableCoercionResult(VariableValues? Values, ImmutableArray<GraphQLError> Errors)
{
    /// <summary>True when there are values.</summary>
    [MemberNotNullWhen(true, nameof(Values))]
    public bool IsSuccess => Values is not null;
}
