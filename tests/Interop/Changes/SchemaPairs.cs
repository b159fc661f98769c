using System.Text;

namespace GraphGateway.Interop.Changes;

/// <summary>
/// Writes two versions of a schema: every choice (does this field exist, which type has it, ...) is made from the seed and the choice's
/// name, and a tenth of the choices is made anew for the second version.
/// </summary>
internal sealed class SchemaPairs(int seed)
{
    private readonly StringBuilder text = new();
    private bool isSecond;
    private string[] outputs = [];
    private string[] inputs = [];

    internal (string Before, string After) Write() => (Write(second: false), Write(second: true));

    private string Write(bool second)
    {
        isSecond = second;
        text.Clear();
        var objects = Existing("T", 5);
        var interfaces = Existing("I", 3);
        var unions = Existing("U", 2);
        var enums = Existing("E", 2);
        var scalars = Existing("S", 2);
        var inputObjects = Existing("In", 3);
        outputs = [.. objects, .. interfaces, .. unions, .. enums, .. scalars, "Int", "String", "ID"];
        inputs = [.. enums, .. scalars, .. inputObjects, "Int", "String", "Boolean"];
        text.Append("type Query { all: T0 }\n");
        foreach (var name in objects.Concat(interfaces))
        {
            WriteComplex(name, isObject: name[0] == 'T', interfaces);
        }

        foreach (var name in unions)
        {
            text.Append($"union {name} = {string.Join(" | ", objects.Where(member => member == "T0" || (member != "T4" && Is(name + member, 50))))}\n");
        }

        foreach (var name in enums)
        {
            text.Append($"enum {name} {{ V0 {string.Join(' ', new[] { "V1", "V2", "V3" }.Where(value => Is(name + value, 60)))} }}\n");
        }

        foreach (var name in scalars)
        {
            text.Append($"scalar {name}\n");
        }

        foreach (var name in inputObjects)
        {
            text.Append($"input {name} {{ x: Int {string.Join(' ', Names("f", 4).Where(field => Is(name + field, 60)).Select(field => $"{field}: {Input(name + field)}"))} }}\n");
        }

        foreach (var name in Existing("d", 3))
        {
            var arguments = Names("a", 2).Where(argument => Is(name + argument, 50)).Select(argument => $"{argument}: {Input(name + argument)}").ToArray();
            var locations = new[] { "QUERY", "FIELD", "OBJECT" }.Where(location => Is(name + location, 60)).Append("SCHEMA");
            text.Append($"directive @{name}{(arguments.Length == 0 ? "" : $"({string.Join(", ", arguments)})")}{(Is(name + "repeatable", 50) ? " repeatable" : "")} on {string.Join(" | ", locations)}\n");
        }

        return text.ToString();
    }

    private void WriteComplex(string name, bool isObject, string[] interfaces)
    {
        var implemented = isObject ? interfaces.Where(type => Is(name + type, 40)).ToArray() : [];
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["id"] = "ID" };
        foreach (var field in Names("f", 5).Where(field => Is(name + field, 60)))
        {
            fields[name.ToLowerInvariant() + field] = Field(name, field);
        }

        // Each interface has fields of its own names, so that an object can implement any of them.
        foreach (var type in implemented)
        {
            foreach (var field in Names("f", 5).Where(field => Is(type + field, 60)))
            {
                fields[type.ToLowerInvariant() + field] = Field(type, field);
            }
        }

        // A type named T4 can be an interface in one version, so that kinds change too.
        var keyword = isObject && !(name == "T4" && Is("T4 is an interface", 30)) ? "type" : "interface";
        text.Append($"{keyword} {name}{(implemented.Length == 0 ? "" : " implements " + string.Join(" & ", implemented))} {{ {string.Join(' ', fields.Select(field => field.Value.StartsWith('(') ? field.Key + field.Value : $"{field.Key}: {field.Value}"))} }}\n");
    }

    private string Field(string type, string field)
    {
        var arguments = Names("a", 3).Where(argument => Is(type + field + argument, 40))
            .Select(argument => $"{argument}: {Input(type + field + argument)}").ToArray();
        var typeText = Wrapped(type + field, outputs[Choose(type + field + "type", outputs.Length)]);
        return arguments.Length == 0 ? typeText : $"({string.Join(", ", arguments)}): {typeText}";
    }

    private string Input(string path)
    {
        var named = inputs[Choose(path + "type", inputs.Length)];
        // Input objects in input objects are optional and without default, so that there are no circles that cannot be.
        var isNested = path.StartsWith("In", StringComparison.Ordinal) && named.StartsWith("In", StringComparison.Ordinal) && named != "Int";
        var type = isNested ? named : Wrapped(path, named);
        // In0 alone has default values: it has no required fields that they would lack.
        type = path.StartsWith("In0", StringComparison.Ordinal) ? type.TrimEnd('!') : type;
        var value = Choose(path + "value", 4);
        var literal = named[0] switch
        {
            'E' => "V0",
            'S' when named != "String" => $"{value}",
            'I' when named != "Int" => value % 2 == 0 ? "{x: 1}" : "{x: 2}",
            'I' => $"{value}",
            'B' => value % 2 == 0 ? "true" : "false",
            _ => $"\"{value}\"",
        };
        return !isNested && named is not ("In1" or "In2") && Is(path + "default", 40) ? $"{type} = {literal}" : type;
    }

    private string Wrapped(string path, string named) => Choose(path + "wrap", 6) switch
    {
        0 => named + "!",
        1 => $"[{named}]",
        2 => $"[{named}!]!",
        _ => named,
    };

    private string[] Existing(string prefix, int count) => [.. Names(prefix, count).Where(name => name.EndsWith('0') || Is(name, 85))];

    private static IEnumerable<string> Names(string prefix, int count) => Enumerable.Range(0, count).Select(i => prefix + i);

    private bool Is(string path, int percent) => Choose(path, 100) < percent;

    private int Choose(string path, int count)
    {
        var isAnew = isSecond && Hash(path + "|changes") % 10 == 0;
        return (int)(Hash(path + (isAnew ? "|2" : "|1")) % (uint)count);
    }

    // FNV-1a with a final mix: the same on every machine, which string.GetHashCode is not.
    private uint Hash(string path)
    {
        var hash = 2166136261u ^ (uint)seed * 2654435761u;
        foreach (var c in path)
        {
            hash = (hash ^ c) * 16777619u;
        }

        hash ^= hash >> 15;
        hash *= 2246822519u;
        return hash ^ (hash >> 13);
    }
}
