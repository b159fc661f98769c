using System.Collections.Immutable;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>The names of HotChocolate Fusion 16's execution schema.</summary>
internal static class FusionDirectives
{
    internal const string Prefix = "fusion__";
    internal const string SchemaEnum = Prefix + "Schema";
    internal const string SchemaMetadata = Prefix + "schema_metadata";
    internal const string Type = Prefix + "type";
    internal const string Implements = Prefix + "implements";
    internal const string UnionMember = Prefix + "unionMember";
    internal const string EnumValue = Prefix + "enumValue";
    internal const string InputField = Prefix + "inputField";
    internal const string Field = Prefix + "field";
    internal const string Lookup = Prefix + "lookup";
    internal const string Requires = Prefix + "requires";
    internal const string Inaccessible = Prefix + "inaccessible";
    internal const string Cost = Prefix + "cost";
    internal const string ListSize = Prefix + "listSize";
    internal const string GatewayField = Prefix + "gateway_field";
    internal const string Execution = Prefix + "execution";

    /// <summary>Those that can be read. One that is not here could guard data or change what a field means, and is refused.</summary>
    internal static readonly ImmutableHashSet<string> Understood =
    [
        SchemaMetadata, Type, Implements, UnionMember, EnumValue, InputField, Field, Lookup, Requires, Inaccessible, Cost, ListSize, GatewayField,
        // How their executor goes about it; ours has its own ways.
        Execution, Prefix + "costOptions",
    ];

    /// <summary>What a reader checks their arguments against (<c>external</c> and <c>sourceName</c> were written by previews).</summary>
    internal static readonly OwnDirectives Checks = new(
        """
        directive @fusion__type(schema: fusion__Schema!) on OBJECT
        directive @fusion__implements(schema: fusion__Schema!, interface: String!) on OBJECT
        directive @fusion__unionMember(schema: fusion__Schema!, member: String!) on UNION
        directive @fusion__enumValue(schema: fusion__Schema!) on ENUM_VALUE
        directive @fusion__inputField(schema: fusion__Schema!, sourceType: String) on ARGUMENT_DEFINITION
        directive @fusion__field(schema: fusion__Schema!, sourceName: String, sourceType: String, provides: String, partial: Boolean, external: Boolean, sourceExternal: Boolean) on FIELD_DEFINITION
        directive @fusion__lookup(schema: fusion__Schema!, key: String!, field: String!, map: [String]!, path: String, internal: Boolean) on OBJECT
        directive @fusion__gateway_field on FIELD_DEFINITION
        directive @fusion__requires(schema: fusion__Schema!, requirements: String, field: String!, map: [String]!) on FIELD_DEFINITION
        enum fusion__Schema
        """,
        Prefix,
        refusesUnknown: false);

    internal static bool IsOwn(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}
