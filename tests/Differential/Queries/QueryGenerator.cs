using System.Globalization;
using System.Text;
using GraphGateway.TypeSystem;

namespace GraphGateway.Differential;

/// <summary>Random requests that are valid on a schema.</summary>
internal sealed class QueryGenerator(Schema schema, Dice dice, FeatureCounts counts, bool hasEvents = false)
{
    // Leads mostly to the object itself.
    private const string Like = "like";

    private readonly List<string> fragments = [];
    private ValueGenerator values = new(schema, dice, counts);
    private int fragmentCount;
    private int budget;

    public ClientRequest Next()
    {
        fragments.Clear();
        values = new ValueGenerator(schema, dice, counts);
        fragmentCount = 0;
        budget = dice.Between(4, 40);
        if (hasEvents && schema.SubscriptionType is { } events && dice.Percent(20))
        {
            return Event(events);
        }

        var isMutation = schema.MutationType is not null && dice.Percent(30);
        var root = isMutation ? schema.MutationType! : schema.QueryType!;
        var selection = Selection(root, 0, new Scope());
        if (isMutation)
        {
            counts.Add("mutation");
        }

        var body = " " + selection + string.Concat(fragments.Select(fragment => "\n" + fragment));
        return new ClientRequest((isMutation ? "mutation" : "query") + values.DefinitionsFor(body) + body, values.Json);
    }

    // One field, without a condition (Spec §5.2.4.1).
    private ClientRequest Event(ObjectType root)
    {
        counts.Add("subscription");
        var body = $" {{ {Field(root, 0, new Scope())}}}" + string.Concat(fragments.Select(fragment => "\n" + fragment));
        return new ClientRequest("subscription" + values.DefinitionsFor(body) + body, values.Json);
    }

    private string Selection(CompositeType type, int depth, Scope scope)
    {
        var text = new StringBuilder("{ ");
        var count = dice.Between(1, depth == 0 ? 3 : 5);
        for (var i = 0; i < count; i++)
        {
            text.Append(One(type, depth, scope));
        }

        text.Append(depth == 0 && type == schema.QueryType && dice.Percent(5) ? Introspection(scope) : "");
        text.Append(dice.Percent(60) ? Echo(type, scope) : "");
        text.Append(type is not ObjectType && dice.Percent(25) ? Kinds(type, scope) : "");
        return text.Length > 2 ? text.Append('}').ToString() : "{ __typename }";
    }

    // The same leaves once more of objects of the same type that are one link further: they are often the same objects, so that nothing has to be asked.
    private string Echo(CompositeType type, Scope scope)
    {
        var links = (type as ComplexType)?.Fields.Where(field => field.Type.Named == type && field.Arguments.All(argument => !argument.IsRequired)).ToList() ?? [];
        var more = links.Exists(field => field.Name == Like) ? MoreLeaves((ComplexType)type, scope) : "";
        var leaves = scope.Leaves.Where(leaf => leaf.Type == type).ToList();
        if (leaves.Count == 0 || links.Count == 0)
        {
            return more;
        }

        var link = (dice.Percent(60) ? links.Find(field => field.Name == Like) : null) ?? dice.Pick(links);
        var shape = link.Type.ToString()!.Replace(type.Name, "*", StringComparison.Ordinal);
        var objectType = type is ObjectType ? type.Name : "";
        if (scope.Take(link.Name, objectType, link.Name, shape) is not { } below)
        {
            return more;
        }

        budget--;
        counts.Add("the same once more, one link further");
        var again = leaves.Where(leaf => below.Take(leaf.Key, objectType, leaf.Call, leaf.Shape) is not null).Select(leaf => leaf.Text).ToList();
        return $"{more}{link.Name} {{ __typename {string.Concat(again)}}} ";
    }

    // From as many sources as that comes to.
    private string MoreLeaves(ComplexType type, Scope scope)
    {
        var text = "";
        foreach (var field in dice.Some(type.Fields.Where(field => field.Type.Named.IsLeafType && field.Arguments.All(argument => !argument.IsRequired)).ToList(), 25))
        {
            var shape = field.Type.ToString()!;
            if (scope.Take(field.Name, type is ObjectType ? type.Name : "", field.Name, shape) is not null)
            {
                scope.Leaves.Add(new Leaf(type, field.Name, field.Name, shape, field.Name + " "));
                text += field.Name + " ";
            }
        }

        return text;
    }

    // Something of each kind of object that can be there, so that those of one list differ.
    private string Kinds(CompositeType type, Scope scope)
    {
        counts.Add("something of each kind of object");
        var text = new StringBuilder(scope.Take("__typename", "", "__typename", "String!") is null ? "" : "__typename ");
        foreach (var kind in schema.ObjectTypes.Where((_, ordinal) => type.PossibleTypes.Contains(ordinal)))
        {
            var field = dice.PickOrNull(kind.Fields.Where(field => field.Type.Named.IsLeafType && field.Arguments.All(argument => !argument.IsRequired)).ToList());
            text.Append(field is not null && scope.Take(field.Name, kind.Name, field.Name, field.Type.ToString()!) is not null ? $"... on {kind.Name} {{ {field.Name} }} " : "");
        }

        return text.ToString();
    }

    private string One(CompositeType type, int depth, Scope scope)
    {
        var roll = dice.Next(100);
        if (roll < 12 && scope.Take("__typename", "", "__typename", "String!") is not null)
        {
            counts.Add("__typename");
            counts.Add($"__typename of {(depth == 0 ? "the root" : type is UnionType ? "a union" : type is InterfaceType ? "an interface" : "an object")}");
            return "__typename" + Condition() + " ";
        }

        if (depth > 5)
        {
            return "";
        }

        return (type is UnionType || roll < 32) && depth > 0 ? Fragment(type, depth, scope)
            : type is ComplexType complex ? Field(complex, depth, scope)
            : "";
    }

    private string Field(ComplexType type, int depth, Scope scope)
    {
        var candidates = type.Fields.Where(field => budget > 0 || field.Type.Named.IsLeafType).ToList();
        if (candidates.Count == 0)
        {
            return "";
        }

        // What is deep inside, and rare, comes up more often than by chance.
        var rare = candidates.Where(candidate => candidate.Name is "kid" or "kids" or "x0" or "x1" or "x2" or "query" or "nodes" || (candidate.Name == "node" && type == schema.QueryType) || candidate.Name.StartsWith("m3", StringComparison.Ordinal)).ToList();
        var lists = candidates.Where(candidate => candidate.Type.Nullable is ListType && candidate.Type.Named is CompositeType).ToList();
        var field = dice.Pick(rare.Count > 0 && dice.Percent(35) ? rare : lists.Count > 0 && dice.Percent(25) ? lists : candidates);
        var arguments = values.Arguments(field);
        var composite = field.Type.Named as CompositeType;
        var shape = composite is null ? field.Type.ToString()! : field.Type.ToString()!.Replace(composite.Name, "*", StringComparison.Ordinal);
        var key = Key(field.Name);
        var below = scope.Take(key, type is ObjectType ? type.Name : "", field.Name + arguments, shape);
        if (below is null)
        {
            return "";
        }

        budget--;
        counts.Add(type == schema.QueryType && field.Name is "node" or "nodes" ? "node(id:) or nodes(ids:)" : "another field");
        var alias = key == field.Name ? "" : key + ": ";
        if (composite is null)
        {
            scope.Leaves.Add(new Leaf(type, key, field.Name + arguments, shape, $"{alias}{field.Name}{arguments} "));
        }

        return $"{alias}{field.Name}{arguments}{(type == schema.SubscriptionType ? "" : Condition())}{(composite is null ? "" : " " + Selection(composite, depth + 1, below))} ";
    }

    // Aliases that are named like keys and required fields corrupt representations in careless gateways.
    private string Key(string name)
    {
        var roll = dice.Next(100);
        if (roll >= 35)
        {
            return name;
        }

        counts.Add(roll < 10 ? "alias named like another field" : "alias");
        return roll < 10 ? dice.Pick<string>(["id", "sku", "a", "label0", "f1", "f2", "ref"]) : string.Create(CultureInfo.InvariantCulture, $"a{dice.Next(4)}");
    }

    private string Fragment(CompositeType type, int depth, Scope scope)
    {
        var candidates = schema.Types.OfType<CompositeType>()
            .Where(other => !other.IsBuiltIn && other.PossibleTypes.Overlaps(type.PossibleTypes) && other != schema.QueryType).ToList();
        var on = candidates.Count == 0 ? type : dice.Pick(candidates);
        budget--;
        var selection = Selection(on, depth + 1, scope);
        if (dice.Percent(35))
        {
            counts.Add("named fragment");
            var name = string.Create(CultureInfo.InvariantCulture, $"F{fragmentCount++}");
            fragments.Add($"fragment {name} on {on.Name} {selection}");
            return $"...{name}{Condition()} {(dice.Percent(15) ? $"...{name} " : "")}";
        }

        counts.Add(on is ObjectType ? "fragment on an object type" : "fragment on an abstract type");
        return $"... {(on == type && dice.Percent(50) ? "" : "on " + on.Name)}{Condition()} {selection} ";
    }

    private string Condition()
    {
        if (!dice.Percent(8))
        {
            return "";
        }

        if (dice.Percent(30))
        {
            counts.Add("@skip with @include");
            return dice.Percent(50) ? Condition("skip") + Condition("include") : Condition("include") + Condition("skip");
        }

        return Condition(dice.Percent(50) ? "skip" : "include");
    }

    private string Condition(string directive)
    {
        var isVariable = dice.Percent(70);
        counts.Add(isVariable ? "condition with a variable" : "condition");
        return $" @{directive}(if: {(isVariable ? values.ConditionVariable() : dice.Percent(50) ? "true" : "false")})";
    }

    // What the gateway answers itself, beside what it fetches; the single server has events among its queries.
    private string Introspection(Scope scope)
    {
        var types = schema.Types.Where(type => !type.IsBuiltIn && !(schema.SubscriptionType is { } events && (type == events || type == schema.QueryType))).Select(type => type.Name).Append("Nobody").ToList();
        var (name, arguments, selection) = dice.Percent(30)
            ? ("__schema", "", "{ queryType { name } mutationType { kind name } }")
            : ("__type", $"(name: \"{dice.Pick(types)}\")", dice.Pick<string>([
                "{ __typename kind name }",
                "{ name fields { name type { kind name ofType { kind name } } args { name type { name } defaultValue } } }",
                "{ possibleTypes { name } interfaces { name } }",
                "{ enumValues { name } inputFields { name type { name } defaultValue } isOneOf }",
            ]));
        var key = dice.Percent(50) ? name : string.Create(CultureInfo.InvariantCulture, $"a{dice.Next(4)}");
        if (scope.Take(key, "Query", name + arguments + selection, "*") is null)
        {
            return "";
        }

        counts.Add("introspection beside data");
        return $"{(key == name ? "" : key + ": ")}{name}{arguments}{Condition()} {selection} ";
    }
}
