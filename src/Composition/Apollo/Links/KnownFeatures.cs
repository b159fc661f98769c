using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>An element of a specification: a directive or a scalar, from one version on.</summary>
/// <param name="Name">Its name in the specification; directives without their <c>@</c>.</param>
/// <param name="IsDirective">A directive, or else a type.</param>
/// <param name="Definition">Its definition; the specification's own types are written as <c>{Type}</c>.</param>
internal sealed record FeatureElement(string Name, bool IsDirective, string Definition);

/// <summary>
/// The specifications whose directives composition understands, by identity and version
/// (<see href="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/versions">versions of
/// Federation</see>).
/// </summary>
internal static class KnownFeatures
{
    internal const string Federation = FeatureUrl.Apollo + "federation";
    internal const string Link = FeatureUrl.Apollo + "link";
    internal const string Core = FeatureUrl.Apollo + "core";
    internal const string Connect = FeatureUrl.Apollo + "connect";
    internal const string Tag = FeatureUrl.Apollo + "tag";
    internal const string Inaccessible = FeatureUrl.Apollo + "inaccessible";

    /// <summary>The last minor version of Federation 2 that is known.</summary>
    internal const int LastMinor = 14;

    private const int ReadAsMinor = 4;

    private const string Access = "FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM";
    private const string TagV1 = "FIELD_DEFINITION | OBJECT | INTERFACE | UNION";
    private const string TagV2 = TagV1 + " | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION";

    private static readonly ImmutableArray<FeatureElement> LinkElements =
    [
        Scalar("Import"),
        new("Purpose", false, "enum {Purpose} { SECURITY EXECUTION }"),
        Directive("link", "(url: String, as: String, for: {Purpose}, import: [{Import}]) repeatable on SCHEMA"),
    ];

    // By minor version.
    private static readonly ImmutableArray<ImmutableArray<FeatureElement>> FederationVersions =
        [.. Enumerable.Range(0, LastMinor + 1).Select(minor => FederationV2(minor).ToImmutableArray())];

    /// <summary>The names of all directives that any known specification defines.</summary>
    internal static ImmutableHashSet<string> AllDirectives { get; } =
    [
        .. FederationV2(LastMinor).Where(element => element.IsDirective).Select(element => element.Name), "link",
    ];

    /// <summary>What Federation 1 defines without being linked.</summary>
    internal static ImmutableArray<FeatureElement> FederationV1 { get; } = [.. Legacy(TagV2)];

    /// <summary>
    /// What a source of Federation 1 can define itself, and then it is what Federation 2 has under that name: the directives of 2.4, in which
    /// Apollo's composition reads such a source.
    /// </summary>
    internal static ImmutableArray<FeatureElement> DefinableInV1 { get; } =
        [.. FederationV2(ReadAsMinor).Where(element => element.IsDirective).ExceptBy(FederationV1.Select(it => it.Name), it => it.Name)];

    /// <summary>The link that a source without any of Federation has in effect.</summary>
    internal static LinkedFeature ImpliedFederation { get; } = new(
        new FeatureUrl(Federation, "federation", 2, ReadAsMinor),
        "federation",
        [.. FederationV2(ReadAsMinor).Where(element => element.IsDirective).Select(element => new LinkImport("@" + element.Name, "@" + element.Name))],
        default!);

    /// <summary>The elements of a linked specification; default when specification or version is not known.</summary>
    internal static ImmutableArray<FeatureElement> Of(FeatureUrl url) => (url.Identity, url.Major, url.Minor) switch
    {
        (Federation, 2, <= LastMinor) => FederationVersions[url.Minor],
        (Link, 1, 0) => LinkElements,
        (Core, 0, 1 or 2) => [Directive("core", "(feature: String, as: String, for: {Purpose}) repeatable on SCHEMA"), LinkElements[1]],
        (Tag, 0, 1) => [TagOn(TagV1)],
        (Tag, 0, 2) => [TagOn(TagV2)],
        (Tag, 0, 3) => [TagOn(TagV2 + " | SCHEMA")],
        (Inaccessible, 0, 1) => [Directive("inaccessible", " on FIELD_DEFINITION | OBJECT | INTERFACE | UNION")],
        (Inaccessible, 0, 2) => [HiddenV2],
        (FeatureUrl.Apollo + "authenticated", 0, 1) => [Authenticated],
        (FeatureUrl.Apollo + "requiresScopes", 0, 1) => [Scalar("Scope"), RequiresScopes],
        (FeatureUrl.Apollo + "policy", 0, 1) => [Scalar("Policy"), Policy],
        (FeatureUrl.Apollo + "context", 0, 1) => [.. Context],
        (FeatureUrl.Apollo + "cost", 0, 1) => [.. Cost],
        _ => default,
    };

    /// <summary>The minor version of Federation 2 with which a directive comes; null where none has it.</summary>
    internal static int? MinorOf(string directive) =>
        FederationVersions.Select((elements, minor) => (elements, minor))
            .Where(version => version.elements.Any(element => element.IsDirective && element.Name == directive))
            .Select(version => (int?)version.minor)
            .FirstOrDefault();

    private static FeatureElement HiddenV2 => Directive("inaccessible", " on " + TagV2);

    private static FeatureElement Authenticated => Directive("authenticated", " on " + Access);

    private static FeatureElement RequiresScopes => Directive("requiresScopes", "(scopes: [[{Scope}!]!]!) on " + Access);

    private static FeatureElement Policy => Directive("policy", "(policies: [[{Policy}!]!]!) on " + Access);

    private static ImmutableArray<FeatureElement> Context =>
    [
        Scalar("ContextFieldValue"),
        Directive("context", "(name: String!) repeatable on INTERFACE | OBJECT | UNION"),
        Directive("fromContext", "(field: {ContextFieldValue}) on ARGUMENT_DEFINITION"),
    ];

    private static ImmutableArray<FeatureElement> Cost =>
    [
        Directive("cost", "(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR"),
        Directive(
            "listSize",
            "(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION"),
    ];

    private static FeatureElement TagOn(string locations) => Directive("tag", "(name: String!) repeatable on " + locations);

    private static IEnumerable<FeatureElement> Legacy(string tagLocations) =>
    [
        Scalar("FieldSet"),
        Directive("key", "(fields: {FieldSet}!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE"),
        Directive("requires", "(fields: {FieldSet}!) on FIELD_DEFINITION"),
        Directive("provides", "(fields: {FieldSet}!) on FIELD_DEFINITION"),
        Directive("external", "(reason: String) on OBJECT | FIELD_DEFINITION"),
        Directive("extends", " on OBJECT | INTERFACE"),
        TagOn(tagLocations),
    ];

    private static IEnumerable<FeatureElement> FederationV2(int minor)
    {
        IEnumerable<FeatureElement> From(int version, params IEnumerable<FeatureElement> elements) => minor >= version ? elements : [];

        return
        [
            .. Legacy(minor >= 3 ? TagV2 + " | SCHEMA" : TagV2),
            Directive("shareable", (minor >= 2 ? " repeatable" : "") + " on OBJECT | FIELD_DEFINITION"),
            HiddenV2,
            Directive("override", (minor >= 7 ? "(from: String!, label: String)" : "(from: String!)") + " on FIELD_DEFINITION"),
            .. From(1, Directive("composeDirective", "(name: String) repeatable on SCHEMA")),
            .. From(3, Directive("interfaceObject", " on OBJECT")),
            .. From(5, Authenticated, Scalar("Scope"), RequiresScopes),
            .. From(6, Scalar("Policy"), Policy),
            .. From(8, Context),
            .. From(9, Cost),
            .. From(12, Directive("cacheTag", "(format: String!) repeatable on OBJECT | FIELD_DEFINITION")),
        ];
    }

    private static FeatureElement Directive(string name, string rest) => new(name, true, $"directive @{name}{rest}");

    private static FeatureElement Scalar(string name) => new(name, false, $"scalar {{{name}}}");
}
