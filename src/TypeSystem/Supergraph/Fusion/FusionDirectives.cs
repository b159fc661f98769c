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

    /// <summary>Those that can be read. One that is not here could guard data or change what a field means, and is refused.</summary>
    internal static readonly ImmutableHashSet<string> Understood =
    [
        SchemaMetadata, Type, Implements, UnionMember, EnumValue, InputField, Field, Lookup, Requires, Inaccessible, Cost, ListSize,
        // How their executor goes about it; ours has its own ways.
        Prefix + "execution", Prefix + "costOptions",
    ];

    internal static bool IsOwn(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}
