using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>
/// By what whole answers of one plan are found when something is to be forgotten: they have all types that the plan can meet in a source, and may have any of their
/// entities, whose tags they therefore all have. Of root fields the arguments are known, and with them the tags. Immutable.
/// </summary>
internal sealed class PlanLabels
{
    private readonly ImmutableArray<(string Source, FrozenSet<string> Types, ImmutableArray<TagFormat> Formats)> sources;
    private readonly ImmutableArray<(string Source, TagFormat Format, ResultField Field)> roots;

    public PlanLabels(QueryPlan plan)
    {
        var graph = plan.Supergraph;
        sources =
        [
            .. plan.Steps.Where(static step => !step.Source.IsGateway).GroupBy(static step => step.Source).Select(steps =>
            {
                var types = WithPossible(graph, steps.SelectMany(static step => TypesOf(step.Selection)));
                return (steps.Key.Name, WithAbstract(graph, types), FormatsOf(graph, steps.Key, types).ToImmutableArray());
            }),
        ];
        roots =
        [
            .. from step in plan.Steps
               where step.Kind == FetchKind.Root && !step.Source.IsGateway
               from field in step.Selection.Fields
               from format in graph.FindField(field.Target.Parent.Type.Name, field.Target.Definition.Name)?.Sources.FirstOrDefault(source => source.Source == step.Source)?.CacheTags ?? []
               select (step.Source.Name, TagFormat.Parse(format), field.Target),
        ];
    }

    /// <summary>The formats of a source's tags for entities of the types.</summary>
    public static IEnumerable<TagFormat> FormatsOf(Supergraph graph, SourceSchema source, IEnumerable<string> types) =>
        types.SelectMany(type => graph.FindType(type)?.Sources.FirstOrDefault(part => part.Source == source)?.CacheTags ?? []).Distinct().Select(TagFormat.Parse);

    /// <summary>Types, with those that an object can have where one of them stands.</summary>
    public static FrozenSet<string> WithPossible(Supergraph graph, IEnumerable<string> types) =>
        types.SelectMany(name => graph.FindType(name) is { } type ? type.Sources.SelectMany(static source => source.PossibleTypes).Append(name) : [name]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Types, with the interfaces and unions that one of them is of: who wants these to be forgotten means its objects, too.</summary>
    public static FrozenSet<string> WithAbstract(Supergraph graph, FrozenSet<string> types) =>
        graph.Types.Where(type => type.Sources.Any(source => source.PossibleTypes.Any(types.Contains))).Select(static type => type.Name).Concat(types).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Those of one answer.</summary>
    /// <param name="variables">The client's.</param>
    /// <param name="told">What sources said: the source, and a tag.</param>
    public KeptLabels Of(VariableValues variables, IReadOnlyCollection<(string Source, string Tag)> told) => new(
        [
            .. sources.Select(source =>
            {
                var written = roots.Where(root => root.Source == source.Source).Select(root => (root.Format, Tag: root.Format.Write(path => Argument(root.Field, path, variables)))).ToList();
                return new KeptPart(source.Source)
                {
                    Types = source.Types,
                    Tags = [.. told.Where(tag => tag.Source == source.Source).Select(tag => tag.Tag), .. written.Select(pair => pair.Tag).OfType<string>()],
                    Formats = [.. source.Formats, .. written.Where(pair => pair.Tag is null).Select(pair => pair.Format)],
                };
            }),
        ]);

    private static IEnumerable<string> TypesOf(FetchSelectionSet selection)
    {
        foreach (var field in selection.Fields)
        {
            yield return field.Target.Parent.Type.Name;
            foreach (var below in field.Selection is null ? [] : TypesOf(field.Selection))
            {
                yield return below;
            }
        }
    }

    // Only scalars at the top; what else a format says counts as not known, and then the answer has every tag that fits.
    private static string? Argument(ResultField field, string name, VariableValues variables) =>
        field.Arguments.FirstOrDefault(argument => argument.Name.Value == name)?.Value switch
        {
            StringValueNode text => text.Value,
            IntValueNode number => Printer.Print(number),
            FloatValueNode number => Printer.Print(number),
            BooleanValueNode truth => truth.Value ? "true" : "false",
            EnumValueNode value => value.Value,
            VariableNode variable when variables.TryGetValue(variable.Name.Value, out var value) => value switch
            {
                string text => text,
                bool truth => truth ? "true" : "false",
                int or long or double or decimal => Convert.ToString(value, CultureInfo.InvariantCulture),
                _ => null,
            },
            _ => null,
        };
}
