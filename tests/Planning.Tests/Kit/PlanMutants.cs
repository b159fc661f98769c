using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphGateway.Language;

namespace GraphGateway.Planning.Tests;

/// <summary>Plans with one thing taken out: each must be found wrong.</summary>
internal static class PlanMutants
{
    public static IEnumerable<(string What, QueryPlan Plan)> Of(QueryPlan plan)
    {
        for (var i = 0; i < plan.Steps.Length; i++)
        {
            yield return ($"step {i} dropped", With(plan, Without(plan, i)));
            foreach (var (what, step) in Of(plan.Steps[i]))
            {
                yield return ($"step {i}: {what}", With(plan, plan.Steps.SetItem(i, step)));
            }
        }

        for (var i = 0; i < plan.Unservable.Length; i++)
        {
            yield return ($"unservable {i} dropped", new QueryPlan(plan.Supergraph, plan.Operation, plan.Root, plan.Steps, plan.Unservable.RemoveAt(i)));
        }
    }

    private static QueryPlan With(QueryPlan plan, ImmutableArray<FetchStep> steps) =>
        new(plan.Supergraph, plan.Operation, plan.Root, steps, plan.Unservable);

    private static ImmutableArray<FetchStep> Without(QueryPlan plan, int dropped) =>
    [
        .. plan.Steps.Where(step => step.Id != dropped).Select(step => step with
        {
            Id = step.Id > dropped ? step.Id - 1 : step.Id,
            DependsOn = [.. step.DependsOn.Where(id => id != dropped).Select(id => id > dropped ? id - 1 : id)],
        }),
    ];

    private static IEnumerable<(string What, FetchStep Step)> Of(FetchStep step)
    {
        foreach (var id in step.DependsOn)
        {
            yield return ($"dependency on {id} dropped", step with { DependsOn = step.DependsOn.Remove(id) });
        }

        if (step.Request is null)
        {
            yield return ("a request with nobody", step with { Request = 99 });
        }
        else
        {
            yield return ("a request with a root fetch", step with { Kind = FetchKind.Root });
        }

        for (var i = 0; i < step.Inputs.Length; i++)
        {
            yield return ($"input {i} dropped", step with { Inputs = step.Inputs.RemoveAt(i) });
            foreach (var (what, value) in Of(step.Inputs[i].Value))
            {
                yield return ($"input {i}: {what}", step with { Inputs = step.Inputs.SetItem(i, step.Inputs[i] with { Value = value }) });
            }

            if (step.Inputs[i].SkipsOnNull || step.Inputs[i].Value is ContextTemplate)
            {
                var changed = step.Inputs[i] with { SkipsOnNull = !step.Inputs[i].SkipsOnNull };
                yield return ($"input {i} does not keep its null", step with { Inputs = step.Inputs.SetItem(i, changed) });
            }
        }

        foreach (var name in step.ForwardedVariables)
        {
            yield return ($"variable {name} not forwarded", step with { ForwardedVariables = step.ForwardedVariables.Remove(name) });
        }

        foreach (var (what, selection) in Of(step.Selection))
        {
            yield return (what, step with { Selection = selection });
        }

        if (!step.Decides.IsEmpty)
        {
            yield return ("nobody decides whether objects are there", step with { Decides = default });
        }
        else if (step.Kind != FetchKind.Root)
        {
            yield return ("another decides whether objects are there", step with { Decides = step.TargetTypes });
        }

        foreach (var type in step.TargetTypes.Ordinals().Take(1))
        {
            yield return ("a target type dropped", step with { TargetTypes = step.TargetTypes.Except(default(GraphGateway.TypeSystem.TypeSet).With(type)) });
        }

        foreach (var (what, document) in Of(step.Document, step))
        {
            yield return (what, step with { Document = document });
        }
    }

    private static IEnumerable<(string What, FetchSelectionSet Selection)> Of(FetchSelectionSet selection)
    {
        for (var i = 0; i < selection.Fields.Length; i++)
        {
            var field = selection.Fields[i];
            yield return ($"{field.Target} not read", selection with { Fields = selection.Fields.RemoveAt(i) });
            yield return ($"{field.Target} read from another key", selection with { Fields = selection.Fields.SetItem(i, field with { SourceKey = field.SourceKey + "x" }) });
            if (!field.Requires.IsEmpty)
            {
                yield return ($"{field.SourceKey} requires nothing", selection with { Fields = selection.Fields.SetItem(i, field with { Requires = [] }) });
            }

            if (field.Selection is not null)
            {
                foreach (var (what, inner) in Of(field.Selection))
                {
                    yield return (what, selection with { Fields = selection.Fields.SetItem(i, field with { Selection = inner }) });
                }
            }
        }

        if (selection.TellsRuntimeType)
        {
            yield return ("the type not told", selection with { TellsRuntimeType = false });
        }
    }

    private static IEnumerable<(string What, ValueTemplate Value)> Of(ValueTemplate value)
    {
        switch (value)
        {
            case ObjectTemplate @object:
                for (var i = 0; i < @object.Entries.Length; i++)
                {
                    var entry = @object.Entries[i];
                    yield return ($"entry {entry.Name} dropped", new ObjectTemplate(@object.Entries.RemoveAt(i)));
                    foreach (var (what, inner) in Of(entry.Value))
                    {
                        yield return ($"{entry.Name}: {what}", new ObjectTemplate(@object.Entries.SetItem(i, entry with { Value = inner })));
                    }
                }

                break;
            case ContextTemplate context:
                for (var i = 0; i < context.Alternatives.Length; i++)
                {
                    var alternative = context.Alternatives[i];
                    yield return ($"context {i} dropped", new ContextTemplate(context.Alternatives.RemoveAt(i)));
                    yield return ($"context {i} from further up", With(context, i, alternative with { Depth = alternative.Depth - 1 }));
                    foreach (var type in alternative.AppliesTo.Ordinals().Take(1))
                    {
                        yield return ($"context {i} of other types", With(context, i, alternative with { AppliesTo = alternative.AppliesTo.Except(default(GraphGateway.TypeSystem.TypeSet).With(type)) }));
                    }

                    foreach (var (what, inner) in Of(alternative.Value))
                    {
                        yield return ($"context {i}: {what}", With(context, i, alternative with { Value = inner }));
                    }
                }

                break;
            case CompositeTemplate composite:
                foreach (var (what, inner) in Of(composite.Inner))
                {
                    yield return (what, composite with { Inner = inner });
                }

                break;
        }
    }

    private static ContextTemplate With(ContextTemplate context, int index, ContextAlternative alternative) =>
        new(context.Alternatives.SetItem(index, alternative));

    // The document without one of its fields or fragments.
    private static IEnumerable<(string What, FetchDocument Document)> Of(FetchDocument document, FetchStep step)
    {
        var operation = (OperationDefinitionNode)Parser.ParseDocument(new SourceText(document.Text)).Value!.Definitions[0];
        var inputs = step.Inputs.Select(input => input.VariableName).ToList();
        var ofClient = operation.VariableDefinitions.Where(variable => !inputs.Contains(variable.Variable.Name.Value));
        FieldNode? lookup = null;
        var selected = operation.SelectionSet;
        foreach (var _ in document.LookupPath)
        {
            lookup = (FieldNode)selected.Selections[0];
            selected = lookup.SelectionSet!;
        }

        foreach (var (what, set) in Of(selected))
        {
            yield return ($"{what} not asked", lookup is null
                ? FetchDocument.ForRoot(operation.Operation, string.Join(", ", operation.VariableDefinitions.Select(Printer.Print)), Printer.Print(set))
                : FetchDocument.ForLookup(
                    string.Join(", ", ofClient.Select(Printer.Print)),
                    step.Inputs,
                    document.LookupPath,
                    Pieces($"({string.Join(", ", lookup.Arguments.Select(Printer.Print))})", inputs),
                    Pieces(Printer.Print(set), inputs)));
        }
    }

    private static ImmutableArray<FetchTextPiece> Pieces(string text, List<string> inputs) =>
    [
        .. Regex.Split(text, $"({string.Join('|', inputs.Select(name => Regex.Escape("$" + name) + "\\b"))})")
            .Select((part, i) => new FetchTextPiece(part, IsInput: i % 2 == 1)),
    ];

    private static IEnumerable<(string What, SelectionSetNode Set)> Of(SelectionSetNode set)
    {
        for (var i = 0; i < set.Selections.Length; i++)
        {
            if (set.Selections.Length > 1)
            {
                yield return (Printer.Print(set.Selections[i]), new SelectionSetNode(0, 0, set.Selections.RemoveAt(i)));
            }

            var inner = set.Selections[i] is FieldNode { SelectionSet: { } below } ? below : (set.Selections[i] as InlineFragmentNode)?.SelectionSet;
            foreach (var (what, changed) in inner is null ? [] : Of(inner))
            {
                SelectionNode replaced = set.Selections[i] is FieldNode field
                    ? new FieldNode(0, 0, field.Alias, field.Name, field.Arguments, field.Directives, changed)
                    : new InlineFragmentNode(0, 0, ((InlineFragmentNode)set.Selections[i]).TypeCondition, [], changed);
                yield return (what, new SelectionSetNode(0, 0, set.Selections.SetItem(i, replaced)));
            }
        }
    }
}
