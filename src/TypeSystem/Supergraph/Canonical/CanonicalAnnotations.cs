using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// What the sources know of a member, as directives of <see cref="CanonicalDirectives"/>. Sources that know the same share one directive;
/// what is equal to the composed schema is not repeated.
/// </summary>
internal sealed class CanonicalAnnotations(ImmutableArray<SourceSchema> sources)
{
    private readonly ImmutableArray<string> enumValues = SourceNames.EnumValues(sources);

    // What most fields have: one source, and nothing more to say about it. By ordinal.
    private readonly ImmutableArray<string>[] plainFields = new ImmutableArray<string>[sources.Length];

    internal string EnumValue(SourceSchema source) => enumValues[source.Ordinal];

    internal static string Source(SourceSchema source) => Directive(
        CanonicalDirectives.Source,
        ("name", Text(source.Name)),
        ("url", source.Url is null ? null : Text(source.Url.OriginalString)),
        ("dialect", source.Dialect == SourceDialect.Apollo ? "APOLLO" : "COMPOSITE"),
        ("batching", Batching(source.Batching)),
        ("subscriptions", source.SupportsSubscriptions ? "true" : null),
        ("extensions", source.Extensions is null ? null : Text(source.Extensions)),
        ("query", source.QueryTypeName == "Query" ? null : Text(source.QueryTypeName)),
        ("mutation", source.MutationTypeName is null ? null : Text(source.MutationTypeName)),
        ("subscription", source.SubscriptionTypeName is null ? null : Text(source.SubscriptionTypeName)));

    internal ImmutableArray<string> Type(SupergraphType type) =>
        [
            .. Grouped(type.Sources, source => source.Source, source => Directive(
                CanonicalDirectives.Type, ("in", InSlot), ("interfaceObject", source.IsInterfaceObject ? "true" : null))),
            .. NoneOf(type, source => source.Interfaces) ? [] : Grouped(
                type.Sources.SelectMany(source => source.Interfaces.Select(name => (source.Source, name))),
                pair => pair.Source,
                pair => Directive(CanonicalDirectives.Implements, ("in", InSlot), ("interface", Text(pair.name)))),
            .. type.Type is not UnionType ? [] : Grouped(
                type.Sources.SelectMany(
                    source => source.PossibleTypes.Select(name => (source.Source, name))),
                pair => pair.Source,
                pair => Directive(CanonicalDirectives.Member, ("in", InSlot), ("type", Text(pair.name)))),
            .. NoneOf(type, source => source.Keys) ? [] : Grouped(
                type.Sources.SelectMany(source => source.Keys.Select(key => (source.Source, key))),
                pair => pair.Source,
                pair => Directive(
                    CanonicalDirectives.Key,
                    ("in", InSlot),
                    ("fields", Text(Syntax.Fields(pair.key.Fields))),
                    ("resolvable", pair.key.IsResolvable ? null : "false"))),
            .. NoneOf(type, source => source.Contexts) ? [] : Grouped(
                type.Sources.SelectMany(source => source.Contexts.Select(name => (source.Source, name))),
                pair => pair.Source,
                pair => Directive(CanonicalDirectives.Context, ("in", InSlot), ("name", Text(pair.name)))),
            .. NoneOf(type, source => source.CacheTags) ? [] : CacheTags(type.Sources.SelectMany(source => source.CacheTags.Select(format => (source.Source, format)))),
            .. CacheHints(type.Sources.Select(source => (source.Source, source.CacheHint))),
            .. type.Lookups.Select(lookup => LookupOf(type, lookup)),
        ];

    private static bool NoneOf<T>(SupergraphType type, Func<TypeInSource, ImmutableArray<T>> list)
    {
        foreach (var source in type.Sources)
        {
            if (!list(source).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

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

    internal ImmutableArray<string> Field(SupergraphField field)
    {
        if (field.IsGateways)
        {
            return ["@" + CanonicalDirectives.Node];
        }

        if (field.Sources is [var source] && IsPlain(field.Field, source))
        {
            ref var plain = ref plainFields[source.Source.Ordinal];
            return plain.IsDefault ? plain = Sources(field) : plain;
        }

        return
        [
            .. Sources(field),
            .. CacheTags(field.Sources.SelectMany(source => source.CacheTags.Select(format => (source.Source, format)))),
            .. CacheHints(field.Sources.Select(source => (source.Source, source.CacheHint))),
        ];
    }

    // Nothing that Sources would write but the source.
    private static bool IsPlain(FieldDefinition field, FieldInSource source) =>
        !source.IsExternal && source.Provides is null && source.Requirement is null && source.Override is null
        && source.ContextArguments.IsEmpty && source.CacheTags.IsEmpty && source.CacheHint is null
        && Syntax.IsSame(field.Type, source.Type) && IsSame(field.Arguments, source.Arguments);

    private static bool IsSame(ImmutableArray<InputValueDefinition> arguments, ImmutableArray<string> names)
    {
        if (arguments.Length != names.Length)
        {
            return false;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (arguments[i].Name != names[i])
            {
                return false;
            }
        }

        return true;
    }

    private ImmutableArray<string> CacheTags(IEnumerable<(SourceSchema Source, string Format)> tags) =>
        Grouped(tags, tag => tag.Source, tag => Directive(CanonicalDirectives.CacheTag, ("in", InSlot), ("format", Text(tag.Format))));

    private ImmutableArray<string> CacheHints(IEnumerable<(SourceSchema Source, CacheHint? Hint)> hints) =>
        Grouped(hints.Where(said => said.Hint is not null), said => said.Source, said => Directive(
            CanonicalDirectives.CacheControl,
            ("in", InSlot),
            ("maxAge", said.Hint!.MaxAge?.ToString(CultureInfo.InvariantCulture)),
            ("scope", said.Hint.IsPrivate is not { } isPrivate ? null : isPrivate ? "PRIVATE" : "PUBLIC"),
            ("inheritMaxAge", said.Hint.InheritsMaxAge ? "true" : null)));

    private ImmutableArray<string> Sources(SupergraphField field)
    {
        return Grouped(field.Sources, source => source.Source, source => Directive(
            CanonicalDirectives.Field,
            ("in", InSlot),
            ("type", Syntax.IsSame(field.Field.Type, source.Type) ? null : Text(source.Type.ToString()!)),
            ("arguments", IsSame(field.Field.Arguments, source.Arguments) ? null : List(source.Arguments.Select(Text))),
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
        ("internal", lookup.IsInternal ? "true" : null),
        ("nonNull", lookup.IsNonNull ? "true" : null));

    // Stands where the sources go until it is known which share the directive; no GraphQL text contains it.
    private const string InSlot = "\0";

    private ImmutableArray<string> Grouped<T>(IEnumerable<T> items, Func<T, SourceSchema> source, Func<T, string> directive)
    {
        // Most members have one source, or none of what is asked for.
        var all = items as IReadOnlyList<T> ?? [.. items];
        if (all.Count <= 1)
        {
            return all.Count == 0 ? [] : [directive(all[0]).Replace(InSlot, EnumValue(source(all[0])), StringComparison.Ordinal)];
        }

        return
        [
            .. all
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
        $"{{name: {Text(argument.Name)}, type: {Text(argument.Type.ToString()!)}, map: {Text(Printer.Print(argument.Map))}"
        + (argument.StrictFields.IsEmpty ? "}" : $", strictFields: {List(argument.StrictFields.Select(field => Text($"{field.Path}: {field.Type}")))}}}")));

    private static string FromContext(ImmutableArray<ContextArgument> arguments) => List(arguments.Select(argument =>
        $"{{name: {Text(argument.Name)}, type: {Text(argument.Type.ToString()!)}, context: {Text(argument.Context)}, "
        + $"selection: {Text(Syntax.Fields(argument.Selection))}}}"));

    private static string? Batching(SourceBatching batching)
    {
        var names = ((SourceBatching Flag, string Name)[])[(SourceBatching.Variables, "VARIABLES"), (SourceBatching.Requests, "REQUESTS"), (SourceBatching.Aliases, "ALIASES")];
        return batching == SourceBatching.None ? null : List(names.Where(pair => batching.HasFlag(pair.Flag)).Select(pair => pair.Name));
    }

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    private static string Text(string value) => Printer.Print(Syntax.String(value));

    private static string Directive(string name, params ReadOnlySpan<(string Name, string? Value)> arguments)
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[512]);
        text.AppendLiteral("@");
        text.AppendLiteral(name);
        var separator = "(";
        foreach (var (argument, value) in arguments)
        {
            if (value is not null)
            {
                text.AppendLiteral(separator);
                text.AppendLiteral(argument);
                text.AppendLiteral(": ");
                text.AppendLiteral(value);
                separator = ", ";
            }
        }

        text.AppendLiteral(")");
        return text.ToStringAndClear();
    }
}
