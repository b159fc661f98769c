namespace GraphGateway.Composition;

/// <summary>
/// What a further link would make ambiguous: each name of a source must say which specification it belongs to
/// (<see href="https://specs.apollo.dev/link/v1.0/#sec-Namespacing">link, namespacing</see>).
/// </summary>
internal static class LinkConflicts
{
    /// <summary>What is wrong with a link beside those before it; null when nothing is.</summary>
    internal static string? Find(List<LinkedFeature> before, LinkedFeature feature) =>
        OfAlias(before, feature) ?? OfImports(before, feature);

    private static string? OfAlias(List<LinkedFeature> before, LinkedFeature feature)
    {
        var (url, alias) = (feature.Url, feature.Alias);
        if (before.Exists(other => other.Url.Identity == url.Identity))
        {
            return $"{url.Identity} is linked twice.";
        }

        if (alias.Contains("__", StringComparison.Ordinal) || alias.EndsWith('_'))
        {
            return $"{url} cannot be linked as \"{alias}\": two underscores divide a link's name from the names in it.";
        }

        if (alias.Length == 0 || char.IsAsciiDigit(alias[0]) || !alias.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            return $"{url} cannot be linked as \"{alias}\", which is no name.";
        }

        if (before.Find(other => other.Alias == alias) is { } same)
        {
            return $"{url} and {same.Url} are both linked as \"{alias}\".";
        }

        foreach (var other in before)
        {
            foreach (var import in other.Imports)
            {
                if (import.As == "@" + alias || PrefixOf(import) == alias)
                {
                    return $"\"{import.As}\" of {other.Url} would be a name of {url} too, which is linked as \"{alias}\".";
                }
            }
        }

        return null;
    }

    private static string? OfImports(List<LinkedFeature> before, LinkedFeature feature)
    {
        foreach (var import in feature.Imports)
        {
            var original = import.Name.TrimStart('@');
            var local = import.As.TrimStart('@');
            var prefix = PrefixOf(import);
            var isDirective = import.Name.StartsWith('@');
            if (prefix == feature.Alias && local != $"{prefix}__{original}"
                || isDirective && local == feature.Alias && original != feature.Url.Name)
            {
                return $"\"{import.Name}\" of {feature.Url} cannot be \"{import.As}\", which is the name of something else in it.";
            }

            if (before.Find(other => other.Alias == prefix || isDirective && other.Alias == local) is { } owner)
            {
                return $"\"{import.As}\" of {feature.Url} would be a name of {owner.Url} too.";
            }

            if (feature.Imports.FirstOrDefault(other => other.Name == import.Name != (other.As == import.As)) is { } twice)
            {
                return twice.Name == import.Name
                    ? $"\"{import.Name}\" of {feature.Url} is imported as \"{import.As}\" and as \"{twice.As}\"."
                    : $"\"{import.Name}\" and \"{twice.Name}\" of {feature.Url} are both imported as \"{import.As}\".";
            }

            if (before.Find(other => other.Imports.Any(it => it.As == import.As)) is { } importer)
            {
                return $"\"{import.As}\" is imported from {importer.Url} and from {feature.Url}.";
            }
        }

        return null;
    }

    private static string? PrefixOf(LinkImport import)
    {
        var name = import.As.TrimStart('@');
        var at = name.IndexOf("__", StringComparison.Ordinal);
        return at > 0 ? name[..at] : null;
    }
}
