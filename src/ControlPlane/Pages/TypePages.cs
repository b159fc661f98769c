using System.Text.RegularExpressions;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.ControlPlane;

/// <summary>Who owns which type of what is live, and which field.</summary>
internal static class TypePages
{
    private const int PageTypes = 100;
    private const int MostFields = 1_000;
    private const int MostFound = 5;

    public static Task<Page> TypesAsync(PageCall call, string graph, string stage) => WithLiveAsync(call, graph, stage, (supergraph, launch) =>
    {
        var (query, path) = (call.Text("q"), PagePaths.Types(graph, stage));
        var found = supergraph.Types.Where(type => !type.Type.IsBuiltIn && !type.Name.StartsWith("__", StringComparison.Ordinal))
            .Select(type => (Type: type, Fields: query is null ? [] : MembersOf(type).Where(name => Has(name, query)).ToList()))
            .Where(type => query is null || Has(type.Type.Name, query) || type.Fields.Count > 0)
            .OrderBy(type => type.Type.Name, StringComparer.Ordinal).ToList();
        var from = Math.Min(call.Number("from") ?? 1, Math.Max(found.Count, 1)) - 1;
        var page = new Page("Types and their owners", Html.Many(
            Html.Of("p", "Of ", Html.Link(PagePaths.Launch(graph, stage, launch), $"#{launch}"), $", which is live in {stage} of {graph}."),
            Parts.Search(path, "Search", Parts.Field("q", "Type or field", query)),
            found.Count == 0 ? Html.Of("p", "No type and no field has that in its name.") : Parts.Table(
                query is null ? Parts.Count(found.Count, "type") : $"Types with \"{query}\" in their name, or that of a field: {found.Count}",
                query is null ? ["Type", "Kind", "Sources"] : ["Type", "Kind", "Sources", "Fields found"],
                found.Skip(from).Take(PageTypes).Select(type =>
                {
                    Html?[] cells = [Html.Link(PagePaths.Type(graph, stage, type.Type.Name), Parts.Code(type.Type.Name)), KindOf(type.Type.Type), SourcesOf(type.Type)];
                    return query is null ? cells : [.. cells, type.Fields.Count == 0 ? null : Some(type.Fields)];
                })),
            Parts.More(from + PageTypes < found.Count ? PagePaths.With(path, ("q", query), ("from", from + PageTypes + 1)) : null, "More types")))
        {
            Trail = [.. StagePages.TrailOf(graph, stage)],
        };
        return Task.FromResult(page);
    });

    public static Task<Page> TypeAsync(PageCall call, string graph, string stage, string name) => WithLiveAsync(call, graph, stage, async (supergraph, _) =>
    {
        if (supergraph.FindType(name) is not { } type)
        {
            return await Refusals.NotFoundAsync(call, "What is live has no such type.");
        }

        var description = type.Type.Description;
        return new Page(name, Html.Many(
            description is null ? null : Html.Of("p", description).Class("description"),
            Parts.Facts(
                ("Kind", KindOf(type.Type)),
                ("Sources", SourcesOf(type)),
                ("For clients", supergraph.PublicSchema.FindType(name) is null ? "no: it is inaccessible" : null),
                ("Interfaces", type.Type is ComplexType { Interfaces: { IsEmpty: false } interfaces } ? Types(graph, stage, interfaces) : null),
                ("Members", type.Type is UnionType union ? Types(graph, stage, union.Members) : null)),
            type.Fields.IsEmpty ? Values(type) : await FieldsAsync(call, graph, stage, supergraph, type),
            Lookups(type)))
        {
            Trail = [.. StagePages.TrailOf(graph, stage), ("Types", PagePaths.Types(graph, stage))],
        };
    });

    private static async Task<Page> WithLiveAsync(PageCall call, string graph, string stage, Func<Supergraph, int, Task<Page>> make)
    {
        if (await call.Registry.StageAsync(graph, stage, call.Cancellation) is not { } summary)
        {
            return await Refusals.NotFoundAsync(call, "There is no such stage.");
        }

        return await call.RunHeavyAsync(async () => summary.Live is { } live && await call.Registry.SupergraphAsync(graph, stage, live, call.Cancellation) is { } text
            ? await make(ChangePages.Read(text, live), live)
            : await Refusals.NotFoundAsync(call, $"Nothing is live in {stage} of {graph}."));
    }

    private static async Task<Html> FieldsAsync(PageCall call, string graph, string stage, Supergraph supergraph, SupergraphType type)
    {
        var shown = type.Fields.Take(MostFields).ToList();
        var uses = (await call.Registry.MemberUsesAsync(
            graph, stage, [.. shown.Select(field => $"{type.Name}.{field.Name}")], UsageDays.Of(call.Now, ChangePages.Days), call.Cancellation)).ToLookup(use => use.Coordinate, StringComparer.Ordinal);
        var clients = supergraph.PublicSchema.FindType(type.Name) as ComplexType;
        return Parts.Section(
            "Fields",
            Parts.Table($"Fields of {type.Name} with the sources that give them", ["Field", "Type", "Sources", new Column($"Requests in {ChangePages.Days} days", true)], shown.Select(field => new Html?[]
            {
                Html.Many(Parts.Code(field.Name), clients?.FindField(field.Name) is null ? Note("inaccessible") : null, field.Field.DeprecationReason is null ? null : Note("deprecated")),
                TypeLink(graph, stage, field.Field.Type),
                field.IsGateways ? "the gateway" : Html.Of("ul", [.. field.Sources.Select(source => Html.Of("li", source.Source.Name, Marks(type, source, field.Name)))]).Class("owners"),
                uses[$"{type.Name}.{field.Name}"].Sum(use => use.Requests) is > 0 and var requests
                    ? Html.Link(PagePaths.With(PagePaths.Usage(graph, stage), ("member", $"{type.Name}.{field.Name}")), Html.Number(requests))
                    : null,
            })),
            type.Fields.Length > MostFields ? Html.Of("p", $"{Parts.Count(type.Fields.Length - MostFields, "more field")} left out.") : null);
    }

    private static Html Marks(SupergraphType type, FieldInSource source, string name)
    {
        var isKey = type.In(source.Source)?.Keys.Any(key => key.Fields.Selections.OfType<FieldNode>().Any(field => field.Name.Value == name)) ?? false;
        return Html.Many(
            isKey ? Note("key") : null,
            source.IsExternal ? Note("external") : null,
            source.Requirement is { } needs ? Note($"requires {Line(needs.Selection)}") : null,
            source.Provides is { } gives ? Note($"provides {Line(gives)}") : null,
            source.Override is { } label ? Note($"{(label.ServesWhen ? "while" : "unless")} {label.Label}") : null);
    }

    private static Html? Lookups(SupergraphType type) => type.Lookups.IsEmpty ? null : Parts.Section(
        "How it is looked up",
        Parts.Table("Ways into the sources", ["Source", "By", "With"], type.Lookups.Select(lookup => new Html?[]
        {
            lookup.Source.Name,
            Parts.Code(Line(lookup.Key)),
            lookup.Kind == LookupKind.Representations ? Parts.Code("_entities") : Html.Many(Parts.Code(string.Join('.', [.. lookup.Path, lookup.FieldName])), lookup.IsInternal ? Note("internal") : null),
        })));

    private static Html? Values(SupergraphType type)
    {
        var (title, names) = type.Type switch
        {
            EnumType values => ("Values", values.Values.Select(value => value.Name).ToList()),
            InputObjectType input => ("Fields", input.Fields.Select(field => field.Name).ToList()),
            _ => ("", []),
        };
        return names.Count == 0 ? null : Parts.Section(title, Parts.Table($"{title} of {type.Name} with the sources that know them", [title[..^1], "Sources"], names.Take(MostFields).Select(name => new Html?[]
        {
            Parts.Code(name),
            string.Join(", ", type.Sources.Where(source => source.EnumValues.Contains(name) || source.InputFields.Contains(name)).Select(source => source.Source.Name)),
        })));
    }

    private static Html TypeLink(string graph, string stage, GraphQLType type) =>
        type.Named.IsBuiltIn ? Parts.Code($"{type}") : Html.Link(PagePaths.Type(graph, stage, type.Named.Name), Parts.Code($"{type}"));

    private static Html Types(string graph, string stage, IEnumerable<NamedType> types) =>
        Html.Of("ul", [.. types.Take(MostFields).Select(type => Html.Of("li", TypeLink(graph, stage, type)))]).Class("owners");

    private static Html Note(string words) => Html.Many(" ", Html.Of("span", words).Class("note"));

    private static string Some(List<string> names) => names.Count <= MostFound ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostFound))} and {names.Count - MostFound} more";

    private static string SourcesOf(SupergraphType type) => type.Sources.IsEmpty ? "the gateway" : string.Join(", ", type.Sources.Select(source => source.Source.Name));

    private static IEnumerable<string> MembersOf(SupergraphType type) => type.Type switch
    {
        EnumType values => values.Values.Select(value => value.Name),
        InputObjectType input => input.Fields.Select(field => field.Name),
        _ => type.Fields.Select(field => field.Name),
    };

    private static bool Has(string name, string query) => name.Contains(query, StringComparison.OrdinalIgnoreCase);

    private static string KindOf(NamedType type) => type switch
    {
        ObjectType => "object",
        InterfaceType => "interface",
        UnionType => "union",
        EnumType => "enum",
        InputObjectType => "input",
        _ => "scalar",
    };

    // A selection on one line, without its outer braces.
    private static string Line(SelectionSetNode selection) => Regex.Replace(Printer.Print(selection), @"\s+", " ")[1..^1].Trim();
}
