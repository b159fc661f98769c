using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Global object identification over several sources
/// (<see href="https://relay.dev/graphql/objectidentification.htm">GraphQL Global Object Identification</see>), as HotChocolate Fusion has it
/// with <c>enableGlobalObjectIdentification</c>: <c>Query.node(id:)</c> and <c>Query.nodes(ids:)</c> become the gateway's
/// (<see cref="GatewaySource"/>), and a source's own <c>node</c> is a lookup of its nodes by their <c>id</c>, whether <c>@lookup</c> says
/// so or not: that is what the specification of the field says. Sources of Apollo's dialect need the key <c>id</c>.
/// </summary>
internal static class GlobalObjects
{
    /// <summary>Marks the fields that become the gateway's, if any do, and adds the lookups.</summary>
    /// <param name="models">The sources.</param>
    /// <param name="isEnabled"><see cref="ComposerOptions.EnableGlobalObjectIdentification"/>.</param>
    /// <param name="problems">Gets a warning where there is nothing to do.</param>
    internal static void Apply(ImmutableArray<SourceModel> models, bool? isEnabled, ProblemSink problems)
    {
        var fields = FieldsOf(models, GatewaySource.OneField);
        var isPossible = fields.Count > 0 && fields.TrueForAll(IsForm);
        if (isEnabled == true && !isPossible)
        {
            problems.Warning(
                ProblemCode.SettingsInvalid,
                fields.Count == 0
                    ? "Global object identification is asked for, and no source has Query.node(id: ID!): Node."
                    : $"Global object identification is asked for, which needs Query.{GatewaySource.FormOf(GatewaySource.OneField)}, and {Departures(fields)}.",
                "Let the sources that have nodes define it (HotChocolate: AddGlobalObjectIdentification()), or do not ask for it.",
                fields.Where(field => !IsForm(field)).Select(field => field.Place));
        }

        if (!isPossible || !(isEnabled ?? IsNeeded(fields)))
        {
            return;
        }

        var several = FieldsOf(models, GatewaySource.ManyField);
        if (!several.TrueForAll(IsForm))
        {
            problems.Warning(
                ProblemCode.SettingsInvalid,
                $"The gateway answers Query.node for all sources, and not Query.nodes: that needs Query.{GatewaySource.FormOf(GatewaySource.ManyField)}, and {Departures(several)}.",
                "Give it that form in every source that has it, or give it another name.",
                several.Where(field => !IsForm(field)).Select(field => field.Place));
        }

        foreach (var field in several.TrueForAll(IsForm) ? fields.Concat(several) : fields)
        {
            field.IsGateways = true;
        }

        // Apollo's sources are entered by representations, which carry what fields require: there a key must say it.
        foreach (var field in fields.Where(field => !field.Model.IsApollo && field.Model.Lookups.TrueForAll(lookup => lookup.Field != field)))
        {
            AddLookup(field);
        }
    }

    /// <summary>
    /// The way out for a field of several sources that would be the gateway's but for its form, or that of <c>Query.node</c>; null for other fields.
    /// </summary>
    internal static string? Hint(SourceSet sources, string typeName, string fieldName)
    {
        if (typeName != "Query" || fieldName is not (GatewaySource.OneField or GatewaySource.ManyField) || !sources.Types.TryGetValue(typeName, out var query))
        {
            return null;
        }

        // Without node there is no nodes.
        var departing = new[] { GatewaySource.OneField, fieldName }
            .Select(name => query.Fields.GetValueOrDefault(name)?.Sources)
            .FirstOrDefault(fields => fields is not null && !fields.TrueForAll(IsForm));
        return departing is null || departing.TrueForAll(field => field.Model.IsApollo)
            || !departing.Exists(field => field.Definition.Type.Named is InterfaceType { Name: GatewaySource.Interface })
            ? null
            : $"For the gateway to answer it for all sources, global ids need Query.{GatewaySource.FormOf(departing[0].Definition.Name)}, and {Departures(departing)}. Give it that form in all of them.";
    }

    private static string Departures(IEnumerable<SourceField> fields) =>
        Words.And(fields.Where(field => !IsForm(field)).Select(field => $"{field.Model.Name} has {Departure(field)}"));

    private static string Departure(SourceField field)
    {
        var arguments = field.Definition.Arguments.Select(argument =>
            $"{argument.Name}: {argument.Type}{(argument.DefaultValue is { } value ? $" = {Printer.Print(value)}" : "")}");
        var list = string.Join(", ", arguments);
        var told = $"{field.Definition.Name}{(list.Length > 0 ? $"({list})" : "")}: {field.Definition.Type}";
        return field.IsExternal ? $"{told} @external"
            : field.Override is not null ? $"{told} @override"
            : GatewaySource.IsForm(field.Definition) || field.Definition.Type.Named is not InterfaceType { Name: GatewaySource.Interface } returned
                || returned.FindField(GatewaySource.IdField) is { Arguments.IsEmpty: true } id && id.Type.ToString() == "ID!" ? told
            : $"{told} without id: ID! in {returned.Name}";
    }

    // A source that every node can be asked of can answer as it stands. Apollo's composition has no such thing: there it must be asked for.
    private static bool IsNeeded(List<SourceField> fields) =>
        fields.Exists(field => !field.Model.IsApollo)
        && fields.Select(field => string.Join(' ', NodesOf(field).Order(StringComparer.Ordinal))).Distinct().Skip(1).Any();

    private static IEnumerable<string> NodesOf(SourceField field) => ((CompositeType)field.Definition.Type.Named).PossibleTypes.Ordinals()
        .Select(ordinal => field.Model.Schema.ObjectTypes[ordinal].Name)
        .Where(name => field.Model.Types.GetValueOrDefault(name) is { IsInternal: false });

    private static List<SourceField> FieldsOf(ImmutableArray<SourceModel> models, string name) =>
    [
        .. from model in models
        let field = model.Types.GetValueOrDefault("Query")?.Fields.GetValueOrDefault(name)
        where field is { IsInternal: false }
        select field,
    ];

    private static bool IsForm(SourceField field) => field is { IsExternal: false, Override: null } && GatewaySource.IsForm(field.Definition);

    // One way for all nodes of the source comes first, since all that is asked by it travels together.
    private static void AddLookup(SourceField field)
    {
        field.Model.Lookups.Insert(0, new SourceLookup(field, []));
        KeyInference.Run(field.Model);
    }
}
