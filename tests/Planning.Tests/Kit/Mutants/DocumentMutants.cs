using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphGateway.Language;

namespace GraphGateway.Planning.Tests;

/// <summary>Documents for a source with one thing changed. Names of operations and the order of fields and arguments say nothing to a source.</summary>
internal static class DocumentMutants
{
    public static IEnumerable<(string What, FetchDocument Document)> Of(QueryPlan plan, FetchStep step)
    {
        var document = new Parts(step);
        foreach (var (what, set) in SyntaxMutants.Of(plan, step, document.Selected))
        {
            yield return (what, document.With(set));
        }

        foreach (var (what, set) in SyntaxMutants.OfCall(document.Operation.SelectionSet))
        {
            yield return (what, document.Whole(document.Operation.Operation, document.Operation.VariableDefinitions.Select(Printer.Print), Printer.Print(set)));
        }

        foreach (var mutant in OfHead(document))
        {
            yield return mutant;
        }
    }

    /// <summary>The document without the fields of a key on its targets, or of one at the end of a path below them. What is empty then asks for <c>__typename</c>.</summary>
    public static FetchDocument Without(FetchStep step, params string[] path)
    {
        var document = new Parts(step);
        return document.With(Without(document.Selected, path));
    }

    /// <summary>The document of a step with what another one asks under a key of the targets.</summary>
    public static FetchDocument With(FetchStep step, FetchStep other, string key)
    {
        var document = new Parts(step);
        return document.With(new SelectionSetNode(0, 0, [.. document.Selected.Selections, .. Only(new Parts(other).Selected, key).Selections]));
    }

    /// <summary>The document of a step with a field more on its targets, or at the end of a path of keys below them, in place of a <c>__typename</c> that only filled it.</summary>
    public static FetchDocument Adding(FetchStep step, string[] path, FieldNode field)
    {
        var document = new Parts(step);
        return document.With(Adding(document.Selected, path, field));
    }

    private static SelectionSetNode Adding(SelectionSetNode set, string[] path, FieldNode added) => new(0, 0, path.Length == 0
        ? [.. set.Selections.Where(selection => selection is not FieldNode { Name.Value: "__typename" }), added]
        :
        [
            .. set.Selections.Select(selection => selection switch
            {
                InlineFragmentNode fragment => new InlineFragmentNode(0, 0, fragment.TypeCondition, [], Adding(fragment.SelectionSet, path, added)),
                FieldNode { SelectionSet: { } below } field when field.ResponseKey == path[0] =>
                    new FieldNode(0, 0, field.Alias, field.Name, field.Arguments, [], Adding(below, path[1..], added)),
                _ => selection,
            }),
        ]);

    private static SelectionSetNode Only(SelectionSetNode set, string key) => new(0, 0,
    [
        .. set.Selections.Select(selection => selection is InlineFragmentNode fragment
                ? new InlineFragmentNode(0, 0, fragment.TypeCondition, [], Only(fragment.SelectionSet, key))
                : selection)
            .Where(selection => selection is FieldNode field ? field.ResponseKey == key : !((InlineFragmentNode)selection).SelectionSet.Selections.IsEmpty),
    ]);

    private static SelectionSetNode Without(SelectionSetNode set, string[] path)
    {
        SelectionNode[] left =
        [
            .. set.Selections.Where(selection => path.Length > 1 || selection is not FieldNode field || field.ResponseKey != path[0])
                .Select(selection => selection switch
                {
                    InlineFragmentNode fragment => new InlineFragmentNode(0, 0, fragment.TypeCondition, [], Without(fragment.SelectionSet, path)),
                    FieldNode { SelectionSet: { } below } field when path.Length > 1 && field.ResponseKey == path[0] =>
                        new FieldNode(0, 0, field.Alias, field.Name, field.Arguments, [], Without(below, path[1..])),
                    _ => selection,
                })
                .Where(selection => selection is not InlineFragmentNode { SelectionSet.Selections: [FieldNode { Name.Value: "__typename" }] }),
        ];
        return new SelectionSetNode(0, 0, left.Length == 0 ? [new FieldNode(0, 0, null, new NameNode("__typename", 0), [], [], null)] : [.. left]);
    }

    private static IEnumerable<(string What, FetchDocument Document)> OfHead(Parts document)
    {
        var definitions = document.Operation.VariableDefinitions.Select(Printer.Print).ToImmutableArray();
        var set = Printer.Print(document.Operation.SelectionSet);
        var other = document.Operation.Operation == OperationType.Query ? OperationType.Mutation : OperationType.Query;
        yield return ($"a {other}", document.Whole(other, definitions, set));
        yield return ("a directive on the operation", document.Whole(document.Operation.Operation, definitions, "@nobodys " + set));
        yield return ("a variable that nobody uses", document.Whole(document.Operation.Operation, definitions.Add("$nobodys: Int"), set));
        for (var i = 0; i < definitions.Length; i++)
        {
            var variable = document.Operation.VariableDefinitions[i];
            yield return ($"{definitions[i]} dropped", document.Whole(document.Operation.Operation, definitions.RemoveAt(i), set));
            yield return ($"{definitions[i]} doubled", document.Whole(document.Operation.Operation, definitions.Add(definitions[i]), set));
            yield return ($"{definitions[i]} with a directive", document.Whole(document.Operation.Operation, definitions.SetItem(i, definitions[i] + " @nobodys"), set));
            yield return ($"{definitions[i]} as a list", document.Whole(document.Operation.Operation, definitions.SetItem(i, $"${variable.Variable.Name.Value}: [{variable.Type}]"), set));
            yield return (
                $"{definitions[i]} with another default",
                document.Whole(document.Operation.Operation, definitions.SetItem(i, $"${variable.Variable.Name.Value}: {variable.Type} = 12345"), set));
            if (variable.DefaultValue is not null)
            {
                yield return (
                    $"{definitions[i]} without its default",
                    document.Whole(document.Operation.Operation, definitions.SetItem(i, $"${variable.Variable.Name.Value}: {variable.Type}"), set));
            }
        }
    }

    private sealed class Parts
    {
        private readonly FetchStep step;
        private readonly List<string> inputs;
        private readonly FieldNode? call;

        public Parts(FetchStep step)
        {
            this.step = step;
            inputs = [.. step.Inputs.Select(input => input.VariableName)];
            Operation = (OperationDefinitionNode)Parser.ParseDocument(new SourceText(step.Document.Text)).Value!.Definitions[0];
            Selected = Operation.SelectionSet;
            foreach (var _ in Path)
            {
                call = (FieldNode)Selected.Selections[0];
                Selected = call.SelectionSet!;
            }
        }

        public OperationDefinitionNode Operation { get; }

        /// <summary>What is selected on the targets.</summary>
        public SelectionSetNode Selected { get; }

        private ImmutableArray<string> Path => step.Kind == FetchKind.Representations ? ["_entities"] : step.Document.LookupPath;

        private ImmutableArray<string> ClientVariables =>
            [.. Operation.VariableDefinitions.Where(variable => !inputs.Contains(variable.Variable.Name.Value)).Select(Printer.Print)];

        /// <summary>The same document with another selection on the targets.</summary>
        public FetchDocument With(SelectionSetNode set) => step.Kind switch
        {
            FetchKind.Root => Whole(Operation.Operation, Operation.VariableDefinitions.Select(Printer.Print), Printer.Print(set)),
            FetchKind.Representations => FetchDocument.ForEntities(ClientVariables, step.Inputs, Pieces(Printer.Print(set))),
            _ => FetchDocument.ForLookup(
                ClientVariables, step.Inputs, step.Document.LookupPath, Pieces($"({string.Join(", ", call!.Arguments.Select(Printer.Print))})"),
                Pieces(Printer.Print(set))),
        };

        /// <summary>A document of this text; for a lookup its path stays what it is.</summary>
        public FetchDocument Whole(OperationType operation, IEnumerable<string> definitions, string set) =>
            FetchDocument.ForRoot(operation, string.Join(", ", definitions), set);

        private ImmutableArray<FetchTextPiece> Pieces(string text) => inputs.Count == 0
            ? [new FetchTextPiece(text, IsInput: false)]
            :
            [
                .. Regex.Split(text, $"({string.Join('|', inputs.Select(name => Regex.Escape("$" + name) + "\\b"))})")
                    .Select((part, i) => new FetchTextPiece(part, IsInput: i % 2 == 1)),
            ];
    }
}
