using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>
/// What a document says, however it is written: two that differ only in white space, commas, comments, escapes that print alike and the order of
/// their operations and fragments have the same. That is the rule of Apollo Router's safelist: clients know at build time which definitions a
/// document has, but not always in which order they will be sent. All else counts: the order of fields and arguments, names, aliases, values.
/// </summary>
/// <param name="Hash">Of the definitions as the printer writes them, operations before fragments, each by name.</param>
/// <param name="IsIntrospection">True when all that its operations select at the root is <c>__schema</c>, <c>__type</c> or <c>__typename</c>.</param>
internal sealed record DocumentForm(DocumentHash Hash, bool IsIntrospection)
{
    // What was published was parsed then; what came as a request was held against the gateway's own limits.
    private static readonly ParserOptions Unlimited = ParserOptions.Default with { MaxBytes = 0, MaxTokens = 0 };

    public static DocumentForm Of(DocumentNode document)
    {
        var text = string.Join("\n\n", document.Definitions
            .OrderBy(RankOf).ThenBy(NameOf, StringComparer.Ordinal).Select(Printer.Print));
        return new DocumentForm(DocumentHash.Of(Encoding.UTF8.GetBytes(text)), AsksOnlyForSchema(document));
    }

    /// <summary>The same of a text; null where it is not GraphQL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How much of it is read; null for what was published.</param>
    public static DocumentForm? Of(byte[] text, ParserOptions? options = null) =>
        Parser.ParseDocument(new SourceText(text), options ?? Unlimited) is { IsSuccess: true } parsed ? Of(parsed.Value) : null;

    private static int RankOf(DefinitionNode definition) => definition switch
    {
        OperationDefinitionNode => 0,
        FragmentDefinitionNode => 1,
        _ => 2,
    };

    private static string? NameOf(DefinitionNode definition) => definition switch
    {
        OperationDefinitionNode operation => operation.Name?.Value,
        FragmentDefinitionNode fragment => fragment.Name.Value,
        _ => null,
    };

    // By the document alone, whichever of its operations is asked for.
    private static bool AsksOnlyForSchema(DocumentNode document)
    {
        var operations = document.Definitions.OfType<OperationDefinitionNode>().ToList();
        var open = new Stack<SelectionSetNode>(operations.Select(operation => operation.SelectionSet));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var set))
        {
            foreach (var selection in set.Selections)
            {
                switch (selection)
                {
                    case FieldNode { Name.Value: "__schema" or "__type" or "__typename" }:
                        break;
                    case InlineFragmentNode inline:
                        open.Push(inline.SelectionSet);
                        break;
                    case FragmentSpreadNode spread when Fragment(document.Definitions, spread.Name.Value) is { } fragment:
                        if (seen.Add(spread.Name.Value))
                        {
                            open.Push(fragment.SelectionSet);
                        }

                        break;
                    default:
                        return false;
                }
            }
        }

        return operations.Count > 0 && operations.TrueForAll(operation => operation.Operation == OperationType.Query);
    }

    private static FragmentDefinitionNode? Fragment(ImmutableArray<DefinitionNode> definitions, string name) =>
        definitions.OfType<FragmentDefinitionNode>().FirstOrDefault(fragment => fragment.Name.Value == name);
}
