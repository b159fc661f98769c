using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// What the sources know of a member, as directives of <see cref="CanonicalDirectives"/>. Sources that know the same share one directive;
/// what is equal to the composed schema is not repeated.
/// </summary>
internal sealed class CanonicalAnnotations(ImmutableArray<SourceSchema> sources)
{
    private readonly ImmutableArray<string> enumValues = SourceNames.EnumValues(sources);

    internal string EnumValue(SourceSchema source) => enumValues[source.Ordinal];

    internal static string Source(SourceSchema source) => Directive(
        CanonicalDirectives.Source,
        ("name", Text(source.Name)),
        ("url", source.Url is null ? null : Text(source.Url.OriginalString)),
        ("dialect", source.Dialect == SourceDialect.Apollo ? "APOLLO" : "COMPOSITE"),
        ("batching", Batching(source.Batching)),
        ("subscriptions", source.SupportsSubscriptions ? "true" : null),
        ("query", source.QueryTypeName == "Query" ? null : Text(source.QueryTypeName)),
        ("mutation", source.MutationTypeName is null ? null : Text(source.MutationTypeName)),
        ("subscription", source.SubscriptionTypeName is null ? null : Text(source.SubscriptionTypeName)));

    internal ImmutableArray<string> Type(SupergraphType type) =>
        [
            .. Grouped(type.Sources, source => source.Source, source => Directive(
                CanonicalDirectives.Type, ("in", InSlot), ("interfaceObject", source.IsInterfaceObject ? "true" : null))),
            .. Grouped(
                type.Sources.SelectMany(source => source.Interfaces.Select(name => (source.Source, name))),
                pair => pair.Source,
                pair => Directive(CanonicalDirectives.Implements, ("in", InSlot), ("interface", Text(pair.name)))),
            .. Grouped(
                type.Sources.SelectMany(
                    source => (type.Type is UnionType ? source.PossibleTypes : []).Select(name => (source.Source, name))),
                pair => pair.Source,
                pair => Directive(CanonicalDirectives.Member, ("in", InSlot), ("type", Text(pair.name)))),
            .. Grouped(
                type.Sources.SelectMany(source => source.Keys.Select(key => (source.Source, key))),
                pair => pair.Source,
                pair => Directive(
                    CanonicalDirectives.Key,
                    ("in", InSlot),
                    ("fields", Text(Syntax.Fields(pair.key.Fields))),
                    ("resolvable", pair.key.IsResolvable ? null : "false"))),
            .. Grouped(
                type.Sources.SelectMany(source => source.Contexts.Select(name => (source.Source, name))),
                pair => pair.Source,
                pair => Directive(CanonicalDirectives.Context, ("in", InSlot), ("name", Text(pair.name)))),
            .. CacheTags(type.Sources.SelectMany(source => source.CacheTags.Select(format => (source.Source, format)))),
            .. type.Lookups.Select(lookup => LookupOf(type, lookup)),
        ];

    internal ImmutableArray<string> EnumValue(SupergraphType type, EnumValueDefinition value) =>
        Grouped(
            type.Sources.Where(source => source.EnumValues.Contains(value.Name)),
            source => source.Source,
            _ => Directive(CanonicalDirectives.Value, ("in", InSlot)));

    internal ImmutableArray<string> InputField(SupergraphType type, InputValueDefinition field) =>
        Grouped(
            type.Sources.Where(source => source.InputFields.Contains(field.Name)),
            source => source.Source,
            _ => Directive(CanonicalDirectives.InputField, ("in", InSlot)));

    internal static string Link(LinkedDirective directive) => Directive(
        CanonicalDirectives.Link, ("directive", Text(directive.Name)), ("url", Text(directive.Url)), ("original", Text(directive.Original)),
        ("alias", directive.Alias is null ? null : Text(directive.Alias)));

    internal ImmutableArray<string> Field(SupergraphField field) =>
        [.. Sources(field), .. CacheTags(field.Sources.SelectMany(source => source.CacheTags.Select(format => (source.Source, format))))];

    private ImmutableArray<string> CacheTags(IEnumerable<(SourceSchema Source, string Format)> tags) =>
        Grouped(tags, tag => tag.Source, tag => Directive(CanonicalDirectives.CacheTag, ("in", InSlot), ("format", Text(tag.Format))));

    private ImmutableArray<string> Sources(SupergraphField field)
    {
        var type = field.Field.Type.ToString();
        var arguments = field.Field.Arguments.Select(argument => argument.Name).ToArray();
        return Grouped(field.Sources, source => source.Source, source => Directive(
            CanonicalDirectives.Field,
            ("in", InSlot),
            ("type", source.Type.ToString() == type ? null : Text(source.Type.ToString()!)),
            ("arguments", source.Arguments.SequenceEqual(arguments) ? null : List(source.Arguments.Select(Text))),
            ("external", source.IsExternal ? "true" : null),
            ("provides", source.Provides is null ? null : Text(Syntax.Fields(source.Provides))),
            ("requires", source.Requirement is null ? null : Text(Syntax.Fields(source.Requirement.Selection))),
            ("requiredArguments", source.Requirement is { Arguments.IsEmpty: false } required ? Mapped(required.Arguments) : null),
            ("label", source.Override is null ? null : Text(source.Override.Label)),
            ("servesWhen", source.Override is null ? null : source.Override.ServesWhen ? "true" : "false"),
            ("contextArguments", source.ContextArguments.IsEmpty ? null : FromContext(source.ContextArguments))));
    }

    private string LookupOf(SupergraphType type, Lookup lookup) => Directive(
        CanonicalDirectives.Lookup,
        ("in", EnumValue(lookup.Source)),
        ("key", Text(Syntax.Fields(lookup.Key))),
        ("typeName", lookup.TypeName == type.Name ? null : Text(lookup.TypeName)),
        ("path", lookup.Path.IsEmpty ? null : List(lookup.Path.Select(Text))),
        ("field", lookup.Kind == LookupKind.Representations ? null : Text(lookup.FieldName)),
        ("arguments", lookup.Arguments.IsEmpty ? null : Mapped(lookup.Arguments)),
        ("returns", lookup.Kind == LookupKind.Representations || lookup.ReturnTypeName == type.Name ? null : Text(lookup.ReturnTypeName)),
        ("internal", lookup.IsInternal ? "true" : null));

    // Stands where the sources go until it is known which share the directive; no GraphQL text contains it.
    private const string InSlot = "\0";

    private ImmutableArray<string> Grouped<T>(IEnumerable<T> items, Func<T, SourceSchema> source, Func<T, string> directive)
    {
        // Most members have one source, or none of what is asked for.
        if (items is ICollection<T> { Count: <= 1 } few)
        {
            return few.Count == 0 ? [] : [directive(few.First()).Replace(InSlot, EnumValue(source(few.First())), StringComparison.Ordinal)];
        }

        return
        [
            .. items
                .GroupBy(directive, source, StringComparer.Ordinal)
                .Select(group => group.Key.Replace(InSlot, Sources(group), StringComparison.Ordinal)),
        ];
    }

    private string Sources(IEnumerable<SourceSchema> group)
    {
        var names = group.Select(EnumValue).ToArray();
        return names.Length == 1 ? names[0] : List(names);
    }

    private static string Mapped(ImmutableArray<MappedArgument> arguments) => List(arguments.Select(argument =>
        $"{{name: {Text(argument.Name)}, type: {Text(argument.Type.ToString()!)}, map: {Text(Printer.Print(argument.Map))}}}"));

    private static string FromContext(ImmutableArray<ContextArgument> arguments) => List(arguments.Select(argument =>
        $"{{name: {Text(argument.Name)}, type: {Text(argument.Type.ToString()!)}, context: {Text(argument.Context)}, "
        + $"selection: {Text(Syntax.Fields(argument.Selection))}}}"));

    private static string? Batching(SourceBatching batching)
    {
        var names = new List<string>(3);
        if (batching.HasFlag(SourceBatching.Variables))
        {
            names.Add("VARIABLES");
        }

        if (batching.HasFlag(SourceBatching.Requests))
        {
            names.Add("REQUESTS");
        }

        if (batching.HasFlag(SourceBatching.Aliases))
        {
            names.Add("ALIASES");
        }

        return names.Count == 0 ? null : List(names);
    }

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    private static string Text(string value) => Printer.Print(Syntax.String(value));

    private static string Directive(string name, params ReadOnlySpan<(string Name, string? Value)> arguments)
    {
        var text = new StringBuilder("@").Append(name);
        var separator = "(";
        foreach (var (argument, value) in arguments)
        {
            if (value is not null)
            {
                text.Append(separator).Append(argument).Append(": ").Append(value);
                separator = ", ";
            }
        }

        return text.Append(')').ToString();
    }
}
