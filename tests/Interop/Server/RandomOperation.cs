using System.Text;

namespace GraphGateway.Interop;

/// <summary>A random operation as a tree from which parts can be taken away, to find the smallest one that still shows a difference.</summary>
internal sealed class RandomOperation
{
    /// <summary><c>query</c> or <c>mutation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The root's selections.</summary>
    public required RandomSelection Root { get; init; }

    /// <summary>Fragment definitions: their roots, by name and type condition. No name is the start of another; variables neither.</summary>
    public Dictionary<string, (string Type, RandomSelection Root)> Fragments { get; } = [];

    /// <summary>Variables: their definitions, and their JSON values where they are given.</summary>
    public Dictionary<string, (string Definition, string? Json)> Variables { get; } = [];

    /// <summary>Every selection that can be taken away.</summary>
    public IEnumerable<RandomSelection> Selections =>
        Fragments.Values.Select(fragment => fragment.Root).Prepend(Root).SelectMany(root => root.Descendants());

    /// <summary>The document, with the fragments and variables that are used.</summary>
    public string Document()
    {
        var body = new StringBuilder();
        Root.PrintChildren(body);
        var printed = new HashSet<string>();
        for (var more = true; more;)
        {
            more = false;
            foreach (var (name, (type, root)) in Fragments)
            {
                if (!printed.Contains(name) && body.ToString().Contains($"... {name}", StringComparison.Ordinal))
                {
                    body.Append($"\nfragment {name} on {type}");
                    root.PrintChildren(body);
                    more = printed.Add(name);
                }
            }
        }

        var text = body.ToString();
        var definitions = Variables.Where(variable => IsUsed(text, variable.Key)).Select(variable => $"${variable.Key}: {variable.Value.Definition}").ToList();
        return $"{Kind}{(definitions.Count > 0 ? $" ({string.Join(", ", definitions)})" : "")}{text}";
    }

    /// <summary>The values of the variables that are used and given, a JSON object.</summary>
    public string VariablesJson(string document) =>
        $"{{{string.Join(",", Variables.Where(variable => variable.Value.Json is not null && IsUsed(document, variable.Key)).Select(variable => $"\"{variable.Key}\":{variable.Value.Json}"))}}}";

    private static bool IsUsed(string text, string variable) => text.Contains($"${variable}", StringComparison.Ordinal);
}

/// <summary>A field, an inline fragment or a spread: its head as text, and what is selected below it.</summary>
internal sealed class RandomSelection(string head)
{
    /// <summary>What stands before its selection set, or all of it.</summary>
    public string Head => head;

    /// <summary>Null for a leaf.</summary>
    public List<RandomSelection>? Children { get; init; }

    /// <summary>False when it was taken away.</summary>
    public bool IsThere { get; set; } = true;

    /// <summary>Those below it that are there.</summary>
    public IEnumerable<RandomSelection> Descendants() =>
        (Children ?? []).Where(child => child.IsThere).SelectMany(child => child.Descendants().Prepend(child));

    /// <summary>The selection set in braces.</summary>
    public void PrintChildren(StringBuilder text)
    {
        text.Append(" {");
        var any = false;
        foreach (var child in Children!.Where(child => child.IsThere))
        {
            any = true;
            child.Print(text);
        }

        text.Append(any ? " }" : " __typename }");
    }

    private void Print(StringBuilder text)
    {
        text.Append(' ').Append(head);
        if (Children is not null)
        {
            PrintChildren(text);
        }
    }
}
