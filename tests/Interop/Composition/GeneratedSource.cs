using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GraphGateway.Interop.Composition;

/// <summary>A generated set, still in parts, so that it can be broken and made smaller.</summary>
internal sealed record GeneratedSet(ImmutableArray<GeneratedSource> Sources)
{
    internal CompositionSet ToSet(string name) => new(name, null, null, [.. Sources.Select(source => (source.Name, source.ToString()))]);
}

/// <summary>A generated source.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Minor">The minor version of Federation 2; null: Federation 1.</param>
/// <param name="Types">Its types.</param>
/// <param name="Style">How Federation's directives and the root type are named: see <see cref="SourceStyle"/>.</param>
internal sealed partial record GeneratedSource(string Name, int? Minor, ImmutableArray<GeneratedType> Types, SourceStyle Style = SourceStyle.Imported)
{
    private static readonly string[] V1 = ["key", "requires", "provides", "external", "extends", "tag"];

    /// <inheritdoc/>
    public override string ToString()
    {
        var body = string.Join('\n', Types);
        if (Style.HasFlag(SourceStyle.OtherRoot) && !body.Contains("Root", StringComparison.Ordinal))
        {
            body = "schema { query: Root }\n" + body.Replace("type Query", "type Root", StringComparison.Ordinal);
        }

        return Minor is null ? body : WithLinks(body);
    }

    private string WithLinks(string body)
    {
        var isComposed = body.Contains("@care", StringComparison.Ordinal);
        var used = Directive().Matches(body).Select(match => match.Groups[1].Value).Distinct().Where(name => name is not ("deprecated" or "care"))
            .Concat(isComposed ? ["composeDirective"] : [])
            .Order(StringComparer.Ordinal).ToArray();
        var imports = used.Select(name => $"\"@{name}\"");
        if (Style.HasFlag(SourceStyle.Prefixed))
        {
            imports = isComposed ? ["\"@composeDirective\""] : [];
            body = Directive().Replace(body, match => used.Contains(match.Groups[1].Value) ? $"@federation__{match.Groups[1].Value}" : match.Value);
        }
        else if (Style.HasFlag(SourceStyle.Renamed) && used.Contains("key"))
        {
            imports = used.Select(name => name == "key" ? "{name: \"@key\", as: \"@identity\"}" : $"\"@{name}\"");
            body = Directive().Replace(body, match => match.Groups[1].Value == "key" ? "@identity" : match.Value);
        }

        var version = Minor!.Value.ToString(CultureInfo.InvariantCulture);
        var own = isComposed ? $" @link(url: \"https://example.org/care/v1.{Minor.Value % 2}\", import: [\"@care\"]) @composeDirective(name: \"@care\")" : "";
        return $"extend schema @link(url: \"https://specs.apollo.dev/federation/v2.{version}\", import: [{string.Join(", ", imports)}]){own}\n"
            + (isComposed ? "directive @care(level: Int) on OBJECT | FIELD_DEFINITION\n" : "") + body;
    }

    /// <summary>True when the source may use the directive by its version.</summary>
    internal bool Knows(string directive) => Minor is { } minor
        ? directive switch
        {
            "composeDirective" => minor >= 1,
            "interfaceObject" => minor >= 3,
            "authenticated" or "requiresScopes" => minor >= 5,
            "policy" => minor >= 6,
            "context" or "fromContext" => minor >= 8,
            "cost" or "listSize" => minor >= 9,
            "cacheTag" => minor >= 12,
            _ => true,
        }
        : V1.Contains(directive);

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Directive();
}

/// <summary>What a generated source calls things.</summary>
[Flags]
internal enum SourceStyle
{
    /// <summary>All directives are imported under their own names.</summary>
    Imported = 0,

    /// <summary>None is imported: they have the link's prefix.</summary>
    Prefixed = 1,

    /// <summary><c>@key</c> is imported under another name.</summary>
    Renamed = 2,

    /// <summary>The query root type is not called Query.</summary>
    OtherRoot = 4,
}

/// <summary>A type of a generated source.</summary>
/// <param name="Keyword">What the definition begins with, such as <c>type</c> or <c>extend type</c>.</param>
/// <param name="Name">The type's name.</param>
/// <param name="Interfaces">The interfaces that it implements.</param>
/// <param name="Directives">Its directives, as text.</param>
/// <param name="Members">Fields, enum values, input fields, or the members of a union.</param>
internal sealed record GeneratedType(
    string Keyword, string Name, ImmutableArray<string> Interfaces, ImmutableArray<string> Directives, ImmutableArray<GeneratedMember> Members)
{
    internal bool HasFields => Keyword.EndsWith("type", StringComparison.Ordinal) || Keyword.EndsWith("interface", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder($"{Keyword} {Name}");
        if (!Interfaces.IsEmpty)
        {
            text.Append(" implements ").AppendJoin(" & ", Interfaces);
        }

        foreach (var directive in Directives)
        {
            text.Append(' ').Append(directive);
        }

        return Keyword switch
        {
            "scalar" => text.ToString(),
            "union" => text.Append(" = ").AppendJoin(" | ", Members).ToString(),
            _ when Members.IsEmpty => text.ToString(),
            _ => text.Append(" {\n  ").AppendJoin("\n  ", Members).Append("\n}").ToString(),
        };
    }
}

/// <summary>A field, an enum value, an input field or a union's member.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Arguments, as text.</param>
/// <param name="Type">Its type with its default, as text; empty for what has none.</param>
/// <param name="Directives">Its directives, as text.</param>
internal sealed record GeneratedMember(string Name, ImmutableArray<string> Arguments, string Type, ImmutableArray<string> Directives)
{
    /// <inheritdoc/>
    public override string ToString() => Name
        + (Arguments.IsEmpty ? "" : $"({string.Join(", ", Arguments)})")
        + (Type.Length == 0 ? "" : $": {Type}")
        + string.Concat(Directives.Select(directive => " " + directive));
}
