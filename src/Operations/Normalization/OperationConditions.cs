using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Validation;

namespace GraphGateway.Operations;

/// <summary>
/// The variables that decide <c>@skip</c> and <c>@include</c> of an operation
/// (<see href="https://spec.graphql.org/September2025/#sec-Type-System.Directives.Built-in-Directives">Spec §3.13.1, §3.13.2</see>). An
/// operation has one normal form for each combination of their values.
/// </summary>
public sealed class OperationConditions
{
    private readonly SourceText source;
    private readonly ImmutableArray<VariableNode> firstUses;

    private OperationConditions(SourceText source, ImmutableArray<VariableNode> firstUses)
    {
        this.source = source;
        this.firstUses = firstUses;
        Variables = [.. firstUses.Select(static use => use.Name.Value)];
    }

    /// <summary>Their names, in order of first use; empty for an operation without variable conditions.</summary>
    public ImmutableArray<string> Variables { get; }

    /// <summary>Finds the conditions of an operation and the fragments that it spreads.</summary>
    public static OperationConditions Of(ValidOperation operation)
    {
        var uses = new OrderedDictionary<string, VariableNode>(StringComparer.Ordinal);
        var fragments = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SelectionNode>(operation.Definition.SelectionSet.Selections.Reverse());
        while (open.TryPop(out var selection))
        {
            Collect(selection.Directives, uses);
            var below = selection switch
            {
                FieldNode field => field.SelectionSet,
                InlineFragmentNode inline => inline.SelectionSet,
                FragmentSpreadNode spread when fragments.Add(spread.Name.Value) => operation.Document.Fragments[spread.Name.Value].SelectionSet,
                _ => null,
            };
            foreach (var next in below is null ? [] : below.Selections.Reverse())
            {
                open.Push(next);
            }
        }

        return new OperationConditions(operation.Document.Document.Source, [.. uses.Values]);
    }

    /// <summary>
    /// The conditions' values in a request. An error when a variable is null: <c>if</c> is non-null, and yet a variable with a default may
    /// be given null (Spec §5.8.5); the code is <c>BAD_USER_INPUT</c>.
    /// </summary>
    public ConditionSelection Read(VariableValues variables)
    {
        Span<char> bits = new char[firstUses.Length];
        for (var i = 0; i < firstUses.Length; i++)
        {
            if (!variables.TryGetValue(Variables[i], out var value) || value is not bool isTrue)
            {
                const string message = "Argument \"if\" of non-null type \"Boolean!\" must not be null.";
                return new ConditionSelection(null, GraphQLError.At(source, message, ErrorCode.BadUserInput, firstUses[i].Start));
            }

            bits[i] = isTrue ? '1' : '0';
        }

        return new ConditionSelection(new ConditionValues(Variables, new string(bits)), null);
    }

    /// <summary>What the conditions can come to, the outcome with all of them true first.</summary>
    /// <param name="max">How many outcomes at most.</param>
    public IEnumerable<ConditionValues> Outcomes(int max)
    {
        // Counts down in binary from all ones.
        var bits = Enumerable.Repeat('1', Variables.Length).ToArray();
        for (var i = 0; i < max; i++)
        {
            yield return new ConditionValues(Variables, new string(bits));
            var last = Array.LastIndexOf(bits, '1');
            if (last < 0)
            {
                yield break;
            }

            bits[last] = '0';
            bits.AsSpan(last + 1).Fill('1');
        }
    }

    private static void Collect(ImmutableArray<DirectiveNode> directives, OrderedDictionary<string, VariableNode> uses)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Value is "skip" or "include" && directive.Argument("if") is VariableNode variable)
            {
                uses.TryAdd(variable.Name.Value, variable);
            }
        }
    }
}

/// <summary>The values of the conditions, or why they have none. Exactly one of the two is there.</summary>
public readonly record struct ConditionSelection(ConditionValues? Values, GraphQLError? Error);

/// <summary>One combination of the conditions of an operation. Two of one operation are equal when their <see cref="Key"/> is.</summary>
public sealed class ConditionValues : IEquatable<ConditionValues>
{
    private readonly ImmutableArray<string> variables;

    internal ConditionValues(ImmutableArray<string> variables, string key)
    {
        this.variables = variables;
        Key = key;
    }

    /// <summary>For an operation without variable conditions.</summary>
    public static ConditionValues None { get; } = new([], "");

    /// <summary>A <c>0</c> or <c>1</c> for each variable of <see cref="OperationConditions.Variables"/>: a key for caches.</summary>
    public string Key { get; }

    /// <summary>The value of a variable.</summary>
    public bool IsTrue(string variable) => variables.IndexOf(variable) is >= 0 and var index
        ? Key[index] == '1'
        : throw new ArgumentException($"${variable} is not a condition of the operation.", nameof(variable));

    /// <inheritdoc/>
    public bool Equals(ConditionValues? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConditionValues);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}
