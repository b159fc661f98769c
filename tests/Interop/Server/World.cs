using System.Globalization;
using GraphGateway.Subgraphs.Server;
using GraphGateway.TypeSystem;

namespace GraphGateway.Interop;

/// <summary>
/// Resolvers that are a pure function of type, field, arguments and parent, the same function as in <c>reference/execution.mjs</c>: what
/// they give is right, null in wrong places, of wrong types, late, or an exception.
/// </summary>
internal sealed class World
{
    private static readonly object[] s_wrong =
    [
        "abc", "", "7", "1.5", "1e3", " 5 ", "1,000", true, false, 1.5, 2147483648L, -2147483649L, double.NaN, double.PositiveInfinity,
        new object?[] { 1 }, new Dictionary<string, object?> { ["a"] = 1 },
    ];

    private Schema? _schema;

    /// <summary>True when some resolvers and list items come later.</summary>
    public bool IsAsync { get; set; }

    /// <summary>Response keys of the root fields under which a resolver was called, without repetitions in a row.</summary>
    public List<string> Log { get; } = [];

    /// <summary>A server of the schema whose fields this world resolves.</summary>
    public GraphQLServer Serve(string sdl)
    {
        var builder = new GraphQLServerBuilder().AddSchema(sdl).AddScalar(Even()).AddScalar(Blank()).ResolveOthers(ResolveAsync);
        var result = BoundSchema.Bind(builder);
        _schema = result.Schema?.Schema ?? throw new InvalidOperationException(string.Join("\n", result.Problems));
        return new GraphQLServer(result.Schema, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
    }

    private static ScalarBinding Even() => new()
    {
        Name = "Even",
        ClrTypes = [typeof(long)],
        Parse = input => input.ToObject() is long number && number % 2 == 0 ? ScalarResult.Ok(number) : ScalarResult.Fail("Even cannot represent an odd value."),
        Serialize = value => value switch
        {
            int number when number % 2 == 0 => ScalarResult.Ok(number),
            long number when number % 2 == 0 => ScalarResult.Ok(number),
            _ => ScalarResult.Fail("Even cannot represent an odd value."),
        },
    };

    private static ScalarBinding Blank() => new()
    {
        Name = "Blank",
        ClrTypes = [typeof(object)],
        Parse = input => ScalarResult.Ok(input.ToObject()),
        Serialize = _ => ScalarResult.Ok(null),
    };

    private async ValueTask<object?> ResolveAsync(ResolverContext context)
    {
        var root = (string)context.Path[0];
        if (Log.Count == 0 || Log[^1] != root)
        {
            Log.Add(root);
        }

        var arguments = Canonical(context.Arguments);
        var seed = context.Parent is IReadOnlyDictionary<string, object?> parent ? parent["seed"] : 0;
        var random = new WorldRandom(Hash($"{seed}/{context.ParentType.Name}.{context.Field.Name}({arguments})"));
        if (IsAsync && random.Next(3) == 0)
        {
            await Task.Yield();
        }

        if (random.Next(100) < 4)
        {
            throw new GraphQLException($"boom {random.Next(10)}");
        }

        return context.Field.Name.StartsWith("echo", StringComparison.Ordinal) ? arguments : Make(context.Field.Type, random);
    }

    private object? Make(GraphQLType type, WorldRandom random) =>
        random.Next(100) < (type.IsNonNull ? 3 : 8) ? null : MakeNullable(type.Nullable, random);

    private object? MakeNullable(GraphQLType type, WorldRandom random)
    {
        switch (type)
        {
            case ListType list:
                return MakeList(list.OfType, random);
            case ScalarType scalar:
                return scalar.Name != "Json" && random.Next(100) < 20 ? s_wrong[random.Next(s_wrong.Length)] : MakeScalar(scalar.Name, random);
            case EnumType @enum:
                var chance = random.Next(100);
                return chance < 6 ? "NOPE" : chance < 8 ? 5 : @enum.Values[random.Next(@enum.Values.Length)].Name;
            case ObjectType:
                return random.Next(100) < 2 ? "just text" : Object(type.Named.Name, random.Next(1000000));
            default:
                return MakeAbstract((CompositeType)type, random);
        }
    }

    private object MakeList(GraphQLType itemType, WorldRandom random)
    {
        var chance = random.Next(100);
        if (chance < 3)
        {
            return chance == 0 ? "not a list" : chance == 1 ? 5 : new Dictionary<string, object?> { ["seed"] = 1 };
        }

        var items = new List<object?>();
        for (var count = random.Next(4); count > 0; count--)
        {
            items.Add(IsAsync && random.Next(5) == 0 ? LateAsync(itemType, new WorldRandom((uint)random.Next(1000000))) : Make(itemType, random));
        }

        return items;
    }

    private async Task<object?> LateAsync(GraphQLType itemType, WorldRandom random)
    {
        await Task.Yield();
        return random.Next(100) < 10 ? throw new GraphQLException("late boom") : Make(itemType, random);
    }

    private static object MakeScalar(string name, WorldRandom random) => name switch
    {
        "Int" => random.Next(2000) - 1000,
        "Float" => (random.Next(8000) - 4000) / 8.0,
        "String" => (string[])["plain", "quote \" and \\", "line\nbreak\ttab", "é\u2028ü", "😀", ""] is var texts ? texts[random.Next(6)] : "",
        "Boolean" => random.Next(2) == 1,
        "ID" => random.Next(2) == 0 ? $"id{random.Next(100)}" : random.Next(100),
        "Even" => random.Next(100) < 90 ? random.Next(50) * 2 : 3,
        "Blank" => "blank",
        _ => new Dictionary<string, object?>
        {
            ["list"] = new object?[] { 1, "two", null, true },
            ["nested"] = new Dictionary<string, object?> { ["n"] = random.Next(10) },
        },
    };

    private object MakeAbstract(CompositeType type, WorldRandom random)
    {
        var seed = random.Next(1000000);
        switch (random.Next(30))
        {
            case 0: return new Dictionary<string, object?> { ["seed"] = seed };
            case 1: return Object("Nowhere", seed);
            case 2: return Object("E0", seed);
            case 3: return Object("Query", seed);
            case 4: return "just text";
            case 5: return Object(7, seed);
        }

        var possible = _schema!.ObjectTypes.Where(type.PossibleTypes.Contains).Select(candidate => candidate.Name).Order(StringComparer.Ordinal).ToList();
        return Object(possible[random.Next(possible.Count)], seed);
    }

    private static Dictionary<string, object?> Object(object typeName, int seed) => new() { ["__typename"] = typeName, ["seed"] = seed };

    private static string Canonical(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "true" : "false",
        IReadOnlyDictionary<string, object?> members => $"{{{string.Join(',', members.Select(member => $"{member.Key}:{Canonical(member.Value)}"))}}}",
        System.Collections.IEnumerable items => $"[{string.Join(',', items.Cast<object?>().Select(Canonical))}]",
        decimal number => ((double)number).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>FNV-1a over UTF-16 code units.</summary>
    private static uint Hash(string text) => text.Aggregate(2166136261u, (value, unit) => unchecked((value ^ unit) * 16777619u));
}

/// <summary>Mulberry32, because both sides need the same numbers.</summary>
internal sealed class WorldRandom(uint seed)
{
    private uint _state = seed;

    public int Next(int limit)
    {
        unchecked
        {
            _state += 0x6d2b79f5;
            var t = (_state ^ (_state >> 15)) * (_state | 1);
            t ^= t + ((t ^ (t >> 7)) * (t | 61));
            return (int)((t ^ (t >> 14)) % (uint)limit);
        }
    }
}
