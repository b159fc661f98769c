using System.Collections.Immutable;
using System.Text;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>The enum values by which a canonical document refers to its sources: <c>user-service</c> is <c>USER_SERVICE</c>.</summary>
internal static class SourceNames
{
    /// <summary>One distinct enum value a source, by ordinal.</summary>
    internal static ImmutableArray<string> EnumValues(ImmutableArray<SourceSchema> sources)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = ImmutableArray.CreateBuilder<string>(sources.Length);
        foreach (var source in sources)
        {
            var name = EnumValue(source.Name);
            var distinct = name;
            for (var number = 2; !taken.Add(distinct); number++)
            {
                distinct = $"{name}_{number}";
            }

            names.Add(distinct);
        }

        return names.MoveToImmutable();
    }

    private static string EnumValue(string sourceName)
    {
        var text = new StringBuilder(sourceName.Length + 1);
        foreach (var c in sourceName)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_');
        }

        // true, false and null are no enum values; upper-cased they are
        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }
}
