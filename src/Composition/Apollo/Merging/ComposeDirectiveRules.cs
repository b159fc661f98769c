using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// DIRECTIVE_COMPOSITION_ERROR, LINK_IMPORT_NAME_MISMATCH: a directive that is composed must be linked, in one major version, and have one
/// name and meaning in all sources.
/// </summary>
internal sealed class ComposeDirectiveRules(SourceSet sources, ProblemSink problems)
{
    private static readonly ImmutableHashSet<string> Apollos =
    [
        .. new[] { "core", "join", "link", "tag", "inaccessible", "federation", "authenticated", "requiresScopes", "source", "context", "cost" }
            .Select(name => FeatureUrl.Apollo + name),
    ];

    private static readonly ImmutableHashSet<string> ComposedAnyway =
        ["tag", "inaccessible", "authenticated", "requiresScopes", "policy", "context"];

    private readonly List<Item> items = [];

    internal static void Check(SourceSet sources, ProblemSink problems)
    {
        NamesAreTheSame(sources, problems);
        sources.Composed = new ComposeDirectiveRules(sources, problems).Run();
    }

    internal ComposedDirectives Run()
    {
        foreach (var model in sources.Models.Where(model => model.Links is not null))
        {
            foreach (var (directive, place) in model.SchemaDirectives.Where(entry => entry.Directive.Name.Value == "composeDirective"))
            {
                Collect(model, directive, place);
            }
        }

        var conflicting = MajorVersions();
        conflicting.UnionWith(OneMeaning());
        conflicting.UnionWith(OneName());
        var result = new ComposedDirectives();
        foreach (var group in items.Where(item => !conflicting.Contains(item.Local)).GroupBy(item => item.Local))
        {
            var item = group.First();
            if (Definition(item) is { } definition)
            {
                // Sources that do not compose the directive may have another name for it.
                var name = item.Model.Links!.InternalName(group.Key);
                var url = item.Feature.Url with { Minor = LatestMinor(item) };
                result.Add(
                    name == definition.Name.Value ? definition : new DirectiveDefinitionNode(
                        definition.Start, definition.End, definition.Description, new NameNode(name, definition.Name.Start),
                        definition.Arguments, definition.IsRepeatable, definition.Locations),
                    new LinkedDirective(name, url.ToString(), item.Original));
            }
        }

        return result;
    }

    private static void NamesAreTheSame(SourceSet sources, ProblemSink problems)
    {
        var uses =
            from model in sources.Models
            where model.Links is not null
            from name in model.UsedDirectives
            where name is "tag" or "inaccessible" or "authenticated" or "requiresScopes" or "policy" or "context" or "cost" or "listSize" or "cacheTag"
            let local = model.Links!.LocalName(name)
            select (Model: model, Name: name, Local: local, Identity: model.Links!.FeatureOf(local)?.Feature.Url.Identity ?? KnownFeatures.Federation);
        foreach (var group in uses.Where(use => use.Name != "cacheTag" && IsJoins(use.Local)).GroupBy(use => (use.Name, use.Local)))
        {
            JoinsName(group.Key.Name, group.Key.Local, group.Select(use => use.Model), use => use.Url.Identity == group.First().Identity, problems);
        }

        foreach (var group in uses.GroupBy(use => (use.Name, use.Identity)).Where(group => group.Select(use => use.Local).Distinct().Skip(1).Any()))
        {
            problems.Error(
                ProblemCode.LinkImportNameMismatch,
                $"@{group.Key.Name} does not have one name in all sources: "
                + string.Join("; ", group.GroupBy(use => use.Local, use => use.Model.Name).Select(same => $"@{same.Key} in {Words.And(same)}")) + ".",
                "Import it under the same name everywhere: the composed graph has one name for it.",
                group.SelectMany(use => use.Model.Links!.Features.Where(it => it.Url.Identity == use.Identity).Select(it => it.Place)));
        }
    }

    // So begin the names of what composition itself writes for Apollo's gateways.
    private static bool IsJoins(string name) => name == "join" || name.StartsWith("join__", StringComparison.Ordinal);

    private static void JoinsName(
        string original, string local, IEnumerable<SourceModel> models, Func<LinkedFeature, bool> isOwner, ProblemSink problems)
    {
        var all = models.Distinct().ToArray();
        problems.Error(
            ProblemCode.InvalidLinkDirectiveUsage,
            $"{Words.And(all.Select(model => model.Name))} {(all.Length == 1 ? "calls" : "call")} @{original} \"@{local}\", and names that begin so belong to Apollo's join.",
            "Import it under another name.",
            all.SelectMany(model => model.Links!.Features.Where(isOwner).Select(it => it.Place)));
    }

    private void Collect(SourceModel model, DirectiveNode directive, Place place)
    {
        var name = (directive.Argument("name") as StringValueNode)?.Value;
        if (string.IsNullOrEmpty(name) || !name.StartsWith('@'))
        {
            Error($"@composeDirective in {model.Name} names {(string.IsNullOrEmpty(name) ? "nothing" : $"\"{name}\"")}.", "Write the directive's name with its @.", place);
            return;
        }

        var local = name[1..];
        var links = model.Links!;
        if (model.Schema.FindDirective(links.InternalName(local)) is null)
        {
            Error($"@composeDirective in {model.Name} names {name}, which the source does not define.", "Define the directive, or correct the name.", place);
            return;
        }

        if (links.FeatureOf(local) is not { } owner)
        {
            Error(
                $"@composeDirective in {model.Name} names {name}, which belongs to no linked specification, so that it could mean different things elsewhere.",
                $"Link a specification of your own: @link(url: \"https://example.org/{local}/v1.0\", import: [\"{name}\"]).",
                place);
        }
        else if (owner.Name is null)
        {
            Error($"@composeDirective in {model.Name} names {name}, which is imported under another name.", "Name it as it is imported.", place);
        }
        else if (Apollos.Contains(owner.Feature.Url.Identity))
        {
            if (!ComposedAnyway.Contains(owner.Name))
            {
                Error($"@composeDirective in {model.Name} names {name}, which belongs to Federation; what it says is in the composed graph already.", "Remove it.", place);
            }
        }
        else if (IsJoins(local))
        {
            JoinsName(owner.Name, local, [model], feature => feature == owner.Feature, problems);
        }
        else if (Collision(local) is { } collision)
        {
            Error($"@composeDirective in {model.Name} names {name}, and {collision}.", "Import the directive under another name.", place);
        }
        else
        {
            items.Add(new Item(model, local, owner.Name, owner.Feature, place));
        }
    }

    private string? Collision(string local)
    {
        foreach (var original in new[] { "tag", "inaccessible" })
        {
            var same = sources.Models.Where(model => NameOf(model, original) == local).Select(model => model.Name).ToArray();
            if (same.Length > 0)
            {
                return $"{Words.And(same)} calls Federation's @{original} so";
            }
        }

        return null;
    }

    private static string? NameOf(SourceModel model, string original) => model.Links switch
    {
        null => null,
        { IsFederation1: true } => original,
        var links => links.Features.First(feature => feature.Url.Identity == KnownFeatures.Federation).DirectiveName(original),
    };

    private HashSet<string> MajorVersions()
    {
        var result = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in items.GroupBy(item => item.Feature.Url.Identity).Where(group => group.Select(it => it.Feature.Url.Major).Distinct().Skip(1).Any()))
        {
            result.UnionWith(group.Select(item => item.Local));
            Error(
                $"{group.Key} is composed in different major versions: "
                + string.Join("; ", group.GroupBy(it => it.Feature.Url.Version, it => it.Model.Name).Select(same => $"{same.Key} in {Words.And(same)}")) + ".",
                "Link one major version everywhere.",
                [.. group.Select(item => item.Feature.Place).Distinct()]);
        }

        return result;
    }

    private IEnumerable<string> OneMeaning()
    {
        foreach (var group in items.GroupBy(item => item.Local).ToArray())
        {
            if (group.Select(item => (item.Original, item.Feature.Url.Identity)).Distinct().Skip(1).Any())
            {
                Error(
                    $"@{group.Key} is not the same directive in all sources that compose it: "
                    + string.Join("; ", group.Select(item => $"@{item.Original} of {item.Feature.Url.Identity} in {item.Model.Name}")) + ".",
                    "Import one of them under another name.",
                    [.. group.Select(item => item.Place)]);
                yield return group.Key;
            }
        }
    }

    private IEnumerable<string> OneName()
    {
        foreach (var group in items.GroupBy(item => item.Original).Where(group => group.Select(item => item.Local).Distinct().Skip(1).Any()).ToArray())
        {
            Error(
                $"@{group.Key} does not have one name in all sources that compose it: "
                + string.Join("; ", group.Select(item => $"@{item.Local} in {item.Model.Name}")) + ".",
                "Import it under the same name everywhere.",
                [.. group.Select(item => item.Place)]);
            foreach (var item in group)
            {
                yield return item.Local;
            }
        }
    }

    private int LatestMinor(Item item) => items
        .Where(it => it.Feature.Url.Identity == item.Feature.Url.Identity && it.Feature.Url.Major == item.Feature.Url.Major)
        .Max(it => it.Feature.Url.Minor);

    // The definition of the latest version that is linked.
    private DirectiveDefinitionNode? Definition(Item item)
    {
        var identity = item.Feature.Url.Identity;
        var linking = sources.Models
            .Select(model => (Model: model, Feature: model.Links?.Features.FirstOrDefault(it => it.Url.Identity == identity)))
            .Where(entry => entry.Feature is not null && entry.Feature.Url.Major == item.Feature.Url.Major)
            .ToArray();
        var minor = LatestMinor(item);
        var latest = linking.Where(entry => entry.Feature!.Url.Minor == minor).ToArray();
        foreach (var (model, feature) in latest.Reverse())
        {
            var name = model.Links!.InternalName(feature!.DirectiveName(item.Original));
            if (model.Schema.FindDirective(name)?.Origin?.Node is DirectiveDefinitionNode node)
            {
                return node;
            }
        }

        Error(
            $"{identity}/v{item.Feature.Url.Major}.{minor} in {Words.And(latest.Select(entry => entry.Model.Name))} has no definition of @{item.Original}.",
            "Define the directive where the latest version of its specification is linked.",
            [.. latest.Select(entry => entry.Feature!.Place)]);
        return null;
    }

    private void Error(string message, string hint, params IEnumerable<Place> places) =>
        problems.Error(ProblemCode.DirectiveCompositionError, message, hint, places);

    private sealed record Item(SourceModel Model, string Local, string Original, LinkedFeature Feature, Place Place);
}
