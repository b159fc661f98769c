using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Selection sets with one thing changed.
/// </summary>
internal static class SyntaxMutants
{
    private static readonly DirectiveNode Skip = new(0, 0, Name("skip"), [new ArgumentNode(0, 0, Name("if"), new BooleanValueNode(0, 0, value: true))]);
    private static readonly DirectiveNode Include = new(0, 0, Name("include"), [new ArgumentNode(0, 0, Name("if"), new BooleanValueNode(0, 0, value: false))]);
    private static readonly DirectiveNode Own = new(0, 0, Name("nobodys"), []);

    /// <summary>Of what is selected on the targets.</summary>
    public static IEnumerable<(string What, SelectionSetNode Set)> Of(QueryPlan plan, FetchStep step, SelectionSetNode set)
    {
        for (var i = 0; i < set.Selections.Length; i++)
        {
            var selection = set.Selections[i];
            var text = Printer.Print(selection);
            if (set.Selections.Length > 1)
            {
                yield return ($"{text} not asked", With(set.Selections.RemoveAt(i)));
            }

            if (selection is FieldNode { Name.Value: not "__typename" })
            {
                yield return ($"{text} asked twice", With(set.Selections.Add(selection)));
            }

            foreach (var (what, changed) in selection is FieldNode field ? OfField(field) : OfFragment(plan, step, (InlineFragmentNode)selection))
            {
                yield return ($"{text}: {what}", With(set.Selections.SetItem(i, changed)));
            }

            var inner = selection is FieldNode { SelectionSet: { } below } ? below : (selection as InlineFragmentNode)?.SelectionSet;
            foreach (var (what, changed) in inner is null ? [] : Of(plan, step, inner))
            {
                yield return (what, With(set.Selections.SetItem(i, selection is FieldNode outer
                    ? Field(outer, outer.Alias, outer.Arguments, outer.Directives, changed)
                    : new InlineFragmentNode(0, 0, ((InlineFragmentNode)selection).TypeCondition, selection.Directives, changed))));
            }
        }

        foreach (var (first, second) in Pairs(set.Selections.OfType<FieldNode>().Where(field => field.Name.Value != "__typename")))
        {
            // One call by two keys has one value.
            if (first.ResponseKey != second.ResponseKey && (first.Name.Value != second.Name.Value || AskedField.ArgumentText(first.Arguments) != AskedField.ArgumentText(second.Arguments)))
            {
                yield return ($"{first.ResponseKey} and {second.ResponseKey} by each other's key", With([.. set.Selections
                    .Select(selection => selection == first ? Keyed(first, second.ResponseKey) : selection == second ? Keyed(second, first.ResponseKey) : selection)]));
            }
        }

        yield return ("__typename asked besides", With(set.Selections.Add(new FieldNode(0, 0, null, Name("__typename"), [], [], null))));
        yield return ("something asked that nobody reads", With(set.Selections.Add(new FieldNode(0, 0, Name("nobodys"), Name("__typename"), [], [], null))));

        static SelectionSetNode With(ImmutableArray<SelectionNode> selections) => new(0, 0, selections);
    }

    /// <summary>Each two that follow each other.</summary>
    public static IEnumerable<(T First, T Second)> Pairs<T>(IEnumerable<T> all) => all.Zip(all.Skip(1));

    /// <summary>Of the way from the root to what is selected on the targets: of each field on it, and of its arguments.</summary>
    public static IEnumerable<(string What, SelectionSetNode Set)> OfCall(SelectionSetNode set)
    {
        if (set.Selections is not [FieldNode field])
        {
            yield break;
        }

        foreach (var (what, changed) in OfField(field))
        {
            yield return ($"{field.Name.Value}: {what}", new SelectionSetNode(0, 0, [changed]));
        }

        foreach (var (what, inner) in field.SelectionSet is { } below ? OfCall(below) : [])
        {
            yield return (what, new SelectionSetNode(0, 0, [Field(field, field.Alias, field.Arguments, field.Directives, inner)]));
        }
    }

    private static IEnumerable<(string What, SelectionNode Selection)> OfField(FieldNode field)
    {
        if (field.Name.Value != "__typename" || field.Directives.IsEmpty)
        {
            foreach (var directive in new[] { Skip, Include, Own })
            {
                yield return ($"with @{directive.Name.Value}", Field(field, field.Alias, field.Arguments, [directive], field.SelectionSet));
            }
        }

        yield return ("by another key", Field(field, Name("nobodys"), field.Arguments, [], field.SelectionSet));
        yield return ("another field", new FieldNode(0, 0, Name(field.ResponseKey), Name("nobodys"), field.Arguments, [], field.SelectionSet));
        yield return ("an argument more", Field(field, field.Alias, field.Arguments.Add(new ArgumentNode(0, 0, Name("nobodys"), new NullValueNode(0, 0))), [], field.SelectionSet));
        for (var i = 0; i < field.Arguments.Length; i++)
        {
            var argument = field.Arguments[i];
            yield return ($"{argument.Name.Value} not given", Field(field, field.Alias, field.Arguments.RemoveAt(i), [], field.SelectionSet));
            yield return ($"{argument.Name.Value} given twice", Field(field, field.Alias, field.Arguments.Add(argument), [], field.SelectionSet));
            yield return ($"{argument.Name.Value} another value", Field(
                field, field.Alias, field.Arguments.SetItem(i, new ArgumentNode(0, 0, argument.Name, new EnumValueNode(0, 0, "NOBODYS"))), [], field.SelectionSet));
        }

        for (var i = 1; i < field.Arguments.Length; i++)
        {
            var (first, second) = (field.Arguments[i - 1], field.Arguments[i]);
            if (Printer.Print(first.Value) != Printer.Print(second.Value))
            {
                yield return ($"{first.Name.Value} and {second.Name.Value} with each other's value", Field(
                    field, field.Alias, field.Arguments.SetItem(i - 1, new ArgumentNode(0, 0, first.Name, second.Value)).SetItem(i, new ArgumentNode(0, 0, second.Name, first.Value)), [], field.SelectionSet));
            }
        }
    }

    private static FieldNode Keyed(FieldNode field, string key) => Field(field, Name(key), field.Arguments, field.Directives, field.SelectionSet);

    private static IEnumerable<(string What, SelectionNode Selection)> OfFragment(QueryPlan plan, FetchStep step, InlineFragmentNode fragment)
    {
        foreach (var directive in new[] { Skip, Include, Own })
        {
            yield return ($"with @{directive.Name.Value}", new InlineFragmentNode(0, 0, fragment.TypeCondition, [directive], fragment.SelectionSet));
        }

        yield return ("without its type", new InlineFragmentNode(0, 0, null, [], fragment.SelectionSet));
        // Where an interface has one type only in the source, both conditions say the same.
        var same = new SourceFacts(plan.Supergraph, step.Source, []).PossibleTypes(fragment.TypeCondition!.Name.Value);
        var others = plan.Supergraph.FullSchema.ObjectTypes
            .Where(type => TypeSet.Of(type) != same && plan.Supergraph.FindType(type.Name)?.In(step.Source) is not null);
        foreach (var other in others.Take(2))
        {
            yield return ($"on {other.Name}", new InlineFragmentNode(0, 0, new NamedTypeNode(0, 0, Name(other.Name)), [], fragment.SelectionSet));
        }
    }

    private static FieldNode Field(
        FieldNode field, NameNode? alias, ImmutableArray<ArgumentNode> arguments, ImmutableArray<DirectiveNode> directives, SelectionSetNode? set) =>
        new(0, 0, alias, field.Name, arguments, directives, set);

    private static NameNode Name(string value) => new(value, -1);
}
