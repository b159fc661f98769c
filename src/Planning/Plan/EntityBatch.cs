using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GraphGateway.Planning;

/// <summary>What a document asks of entities.</summary>
/// <param name="ClientVariables">The definitions of the client variables that it uses.</param>
/// <param name="SelectionSet">What is selected on the entities, with its braces.</param>
public sealed record EntitySelection(ImmutableArray<string> ClientVariables, string SelectionSet);

/// <summary>
/// One document for several steps that ask a source for entities. Steps with the same selection share a list of representations; each list
/// stands under an alias of its own, <c>_0</c>, <c>_1</c> and so on.
/// </summary>
public sealed record EntityBatch
{
    private EntityBatch(string text, ImmutableArray<int> listOf, ImmutableArray<string> variables, ImmutableArray<string> forwardedVariables)
    {
        Text = text;
        ListOf = listOf;
        Variables = variables;
        ForwardedVariables = forwardedVariables;
    }

    /// <summary>The document. With one list only, the steps' own document says the same without an alias.</summary>
    public string Text { get; }

    /// <summary>By step: its list.</summary>
    public ImmutableArray<int> ListOf { get; }

    /// <summary>By list: the variable of its representations.</summary>
    public ImmutableArray<string> Variables { get; }

    /// <summary>The client's variables that any of the steps uses.</summary>
    public ImmutableArray<string> ForwardedVariables { get; }

    /// <summary>The document for these steps, of kind <see cref="FetchKind.Representations"/> and of one source.</summary>
    public static EntityBatch Of(ImmutableArray<FetchStep> steps)
    {
        ImmutableArray<string> forwarded = [.. steps.SelectMany(step => step.ForwardedVariables).Distinct(StringComparer.Ordinal)];
        var prefix = "representations_";
        while (forwarded.Any(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            prefix = "_" + prefix;
        }

        var selections = steps.Select(step => step.Document.Entities!.SelectionSet).Distinct(StringComparer.Ordinal).ToList();
        ImmutableArray<string> variables = [.. selections.Select((_, list) => prefix + list.ToString(CultureInfo.InvariantCulture))];
        var definitions = variables.Select(variable => $"${variable}: [_Any!]!")
            .Concat(steps.SelectMany(step => step.Document.Entities!.ClientVariables).Distinct(StringComparer.Ordinal));
        var text = new StringBuilder("query(").AppendJoin(", ", definitions).Append(") {");
        for (var list = 0; list < selections.Count; list++)
        {
            text.Append(CultureInfo.InvariantCulture, $" _{list}: _entities(representations: ${variables[list]}) {selections[list]}");
        }

        return new EntityBatch(
            text.Append(" }").ToString(), [.. steps.Select(step => selections.IndexOf(step.Document.Entities!.SelectionSet))], variables, forwarded);
    }
}
