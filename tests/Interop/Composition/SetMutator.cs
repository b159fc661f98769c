using System.Collections.Immutable;

namespace GraphGateway.Interop.Composition;

/// <summary>Breaks a set in one place, or makes it smaller by one part.</summary>
internal static class SetMutator
{
    private static readonly string[] Applied =
    [
        "@external", "@shareable", "@inaccessible", "@tag(name: \"m\")", "@deprecated", "@requires(fields: \"id\")", "@provides(fields: \"id\")",
        "@override(from: \"s0\")", "@override(from: \"s1\")", "@authenticated", "@cost(weight: 2)", "@requires(fields: \"nope\")",
        "@listSize(assumedSize: 3)", "@override(from: \"s1\", label: \"x\")", "@requires(fields: 1)", "@policy(policies: [[\"p\"]])",
    ];

    private static readonly string[] OnType =
    [
        "@key(fields: \"id\")", "@key(fields: \"nope\")", "@shareable", "@inaccessible", "@interfaceObject", "@external", "@extends",
        "@authenticated", "@tag(name: \"m\")", "@key(fields: [\"id\"])", "@key(fields: \"id\", resolvable: false)",
    ];

    private static readonly string[] Types = ["Int", "String", "ID!", "[Int]", "Boolean!", "Choice", "E0", "V", "I", "Int!"];

    internal static GeneratedSet Break(GeneratedSet set, Random random)
    {
        var at = random.Next(set.Sources.Length);
        var source = set.Sources[at];
        if (source.Types.IsEmpty)
        {
            return set;
        }

        var changed = random.Next(12) switch
        {
            0 => source with { Minor = source.Minor is null ? 3 : random.Next(4) == 0 ? null : random.Next(13) },
            1 => source with { Types = source.Types.RemoveAt(random.Next(source.Types.Length)) },
            _ => WithType(source, random, type => BreakType(source, type, random)),
        };
        return set with { Sources = set.Sources.SetItem(at, changed) };
    }

    /// <summary>All sets that are smaller by one source, type, member or directive.</summary>
    internal static IEnumerable<GeneratedSet> Smaller(GeneratedSet set)
    {
        for (var at = 0; at < set.Sources.Length; at++)
        {
            if (set.Sources.Length > 1)
            {
                yield return set with { Sources = set.Sources.RemoveAt(at) };
            }

            foreach (var source in Smaller(set.Sources[at]))
            {
                yield return set with { Sources = set.Sources.SetItem(at, source) };
            }
        }
    }

    private static IEnumerable<GeneratedSource> Smaller(GeneratedSource source)
    {
        for (var i = 0; i < source.Types.Length; i++)
        {
            yield return source with { Types = source.Types.RemoveAt(i) };
            var type = source.Types[i];
            for (var d = 0; d < type.Directives.Length; d++)
            {
                yield return source with { Types = source.Types.SetItem(i, type with { Directives = type.Directives.RemoveAt(d) }) };
            }

            for (var m = 0; m < type.Members.Length; m++)
            {
                yield return source with { Types = source.Types.SetItem(i, type with { Members = type.Members.RemoveAt(m) }) };
                var member = type.Members[m];
                for (var d = 0; d < member.Directives.Length; d++)
                {
                    var smaller = member with { Directives = member.Directives.RemoveAt(d) };
                    yield return source with { Types = source.Types.SetItem(i, type with { Members = type.Members.SetItem(m, smaller) }) };
                }

                if (!member.Arguments.IsEmpty)
                {
                    var smaller = member with { Arguments = [] };
                    yield return source with { Types = source.Types.SetItem(i, type with { Members = type.Members.SetItem(m, smaller) }) };
                }
            }
        }
    }

    private static GeneratedSource WithType(GeneratedSource source, Random random, Func<GeneratedType, GeneratedType> change)
    {
        var at = random.Next(source.Types.Length);
        return source with { Types = source.Types.SetItem(at, change(source.Types[at])) };
    }

    private static GeneratedType BreakType(GeneratedSource source, GeneratedType type, Random random)
    {
        switch (random.Next(10))
        {
            case 0 when !type.Directives.IsEmpty:
                return type with { Directives = type.Directives.RemoveAt(random.Next(type.Directives.Length)) };
            case 1 when type.HasFields:
                var added = Known(source, OnType, random);
                return added is null ? type : type with { Directives = type.Directives.Add(added) };
            case 2 when !type.Members.IsEmpty:
                return type with { Members = type.Members.RemoveAt(random.Next(type.Members.Length)) };
            case 3 when type.Keyword == "type":
                return type with { Keyword = "extend type" };
            case 4 when type.Keyword == "type" && type.Name is not ("Query" or "Mutation") && random.Next(3) == 0:
                return type with { Keyword = "interface" };
            case 5 when !type.Interfaces.IsEmpty:
                return type with { Interfaces = [] };
        }

        if (type.Members.IsEmpty || type.Keyword == "union")
        {
            return type;
        }

        var at = random.Next(type.Members.Length);
        return type with { Members = type.Members.SetItem(at, BreakMember(source, type, type.Members[at], random)) };
    }

    private static GeneratedMember BreakMember(GeneratedSource source, GeneratedType type, GeneratedMember member, Random random)
    {
        switch (random.Next(6))
        {
            case 0 when !member.Directives.IsEmpty:
                return member with { Directives = member.Directives.RemoveAt(random.Next(member.Directives.Length)) };
            case 1 when member.Type.Length > 0:
                return member with { Type = Types[random.Next(Types.Length)] };
            case 2 when type.HasFields:
                return member with { Arguments = [new[] { "x: Int", "x: Int!", "x: Int = 2", "x: String", "e: Choice = A", "x: Int @inaccessible" }[random.Next(source.Minor is null ? 5 : 6)]] };
            case 3 when type.Keyword == "input":
                return member with { Type = member.Type.Split(' ')[0] + " = 5" };
            case 4 when random.Next(3) == 0:
                return member with { Name = member.Name + "x" };
        }

        if (!type.HasFields)
        {
            return source.Minor is null ? member : member with { Directives = ["@inaccessible"] };
        }

        return Known(source, Applied, random) is { } directive && !member.Directives.Any(it => Name(it) == Name(directive))
            ? member with { Directives = member.Directives.Add(directive) }
            : member;
    }

    private static string? Known(GeneratedSource source, string[] directives, Random random)
    {
        var directive = directives[random.Next(directives.Length)];
        var isTooEarly = directive.Contains("label", StringComparison.Ordinal) && source.Minor < 7;
        return source.Knows(Name(directive)) && !isTooEarly || random.Next(30) == 0 ? directive : null;
    }

    private static string Name(string directive) => directive[1..].Split('(')[0];
}
