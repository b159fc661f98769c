using System.Text.RegularExpressions;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// <c>@cacheTag</c> (<see href="https://www.apollographql.com/docs/graphos/routing/performance/caching/response-caching/invalidation">cache
/// tags</see>): CACHE_TAG_INVALID_FORMAT. A format is text with <c>{$key.field}</c> on entities and <c>{$args.argument}</c> on fields of
/// Query.
/// </summary>
internal static partial class CacheTagRules
{
    internal static void CacheTagFormat(SourceModel model, ProblemSink problems)
    {
        foreach (var type in model.Types.Values)
        {
            foreach (var directive in type.Definition.Directives.Where(it => it.Name.Value == "cacheTag"))
            {
                Report(type.Name, directive, type.PlaceOf(directive), OnType(type, Format(directive)));
            }

            foreach (var field in type.Fields.Values)
            {
                foreach (var directive in field.Definition.Directives.Where(it => it.Name.Value == "cacheTag"))
                {
                    Report(field.Coordinate, directive, field.PlaceOf(directive), OnField(field, Format(directive)));
                }
            }
        }

        void Report(string where, DirectiveNode directive, Place place, string? problem)
        {
            if (problem is not null)
            {
                problems.Error(
                    ProblemCode.CacheTagInvalidFormat,
                    $"\"{Format(directive)}\" in @cacheTag on {where} is no format: {problem}.",
                    "Write text with {$key.FIELD} on an entity, or with {$args.ARGUMENT} on a field of Query.",
                    place);
            }
        }
    }

    private static string Format(DirectiveNode directive) => (directive.Argument("format") as StringValueNode)?.Value ?? "";

    private static string? OnType(SourceType type, string format)
    {
        if (type.Keys.Count == 0)
        {
            return $"{type} has no @key, so that it is no entity that could be cached";
        }

        return Parts(format).Select(part => part.Root switch
        {
            null => part.Text,
            "key" => KeyProblem(type, part.Path),
            _ => $"${part.Root} is not known on an entity",
        }).FirstOrDefault(problem => problem is not null);
    }

    private static string? KeyProblem(SourceType type, string[] path)
    {
        foreach (var key in type.Keys.Where(key => key.IsResolvable).DefaultIfEmpty(type.Keys[0]))
        {
            var selection = key.Fields;
            for (var i = 0; i < path.Length; i++)
            {
                var node = selection?.Selections.OfType<FieldNode>().FirstOrDefault(it => it.Name.Value == path[i]);
                if (node is null || node.SelectionSet is null != (i == path.Length - 1))
                {
                    return $"{string.Join('.', path)} is not in the key \"{key.Text}\" of {type}, and every key must give it";
                }

                selection = node.SelectionSet;
            }
        }

        return null;
    }

    private static string? OnField(SourceField field, string format)
    {
        if (field.Type.Name != "Query")
        {
            return $"{field} is no field of Query";
        }

        return Parts(format).Select(part => part.Root switch
        {
            null => part.Text,
            "args" when part.Path is [var name, ..] && field.Definition.FindArgument(name) is null => $"{field} has no argument \"{name}\"",
            "args" => null,
            _ => $"${part.Root} is not known on a field of Query",
        }).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>The templates of a format; one that cannot be read has no root, and what is wrong as its text.</summary>
    private static IEnumerable<(string? Root, string[] Path, string? Text)> Parts(string format)
    {
        foreach (Match match in Braces().Matches(format))
        {
            var template = Template().Match(match.Value);
            yield return template.Success
                ? (template.Groups[1].Value, template.Groups[2].Value.Split('.'), null)
                : (null, [], $"{match.Value} is neither {{$key.FIELD}} nor {{$args.ARGUMENT}}");
        }

        if (Braces().Replace(format, "").AsSpan().ContainsAny('{', '}'))
        {
            yield return (null, [], "a brace has no partner");
        }
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"^\{\s*\$(\w+)\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*\}$")]
    private static partial Regex Template();
}
