using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>Gives an entity the fields of its keys, and the types that these lead to.</summary>
internal sealed class KeyFields(World world)
{
    /// <summary>Keys that are a list, or lead through one.</summary>
    public static readonly string[] OfLists = ["tags", "parts { code }"];

    /// <summary>Keys that can be null where the world has such.</summary>
    public static readonly string[] WithNulls = ["sku", "a b", "kind slot"];

    public void Add(WorldType type)
    {
        type.Fields["id"] = Field(type, "id", "ID!", FieldRole.Id);
        foreach (var key in type.Keys)
        {
            Add(type, key);
        }
    }

    public void Add(WorldType type, string key)
    {
        switch (key)
        {
            case "sku" or "id sku":
                type.Fields["sku"] = Field(type, "sku", type.HasNullKeys ? "String" : "String!", FieldRole.Sku);
                break;
            case "a b":
                type.Fields["a"] = Field(type, "a", type.HasNullKeys ? "Int" : "Int!", FieldRole.Number);
                type.Fields["b"] = Field(type, "b", "String!", FieldRole.Text);
                break;
            case "kind slot":
                type.Fields["kind"] = Field(type, "kind", "E0!", FieldRole.Kind);
                type.Fields["slot"] = Field(type, "slot", type.HasNullKeys ? "Int" : "Int!", FieldRole.Slot);
                world.Features.Add("key with an enum");
                break;
            case "tags":
                type.Fields["tags"] = Field(type, "tags", "[String!]!", FieldRole.Tags);
                world.Features.Add("key of a list");
                break;
            case "parts { code }":
                Code("Piece" + type.Name);
                type.Fields["parts"] = Field(type, "parts", $"[Piece{type.Name}!]!", FieldRole.Parts) with { Results = ["Piece" + type.Name] };
                world.Features.Add("key through a list of objects");
                break;
            case "ref { code }":
                Code("Ref" + type.Name);
                type.Fields["ref"] = Twin(type, "ref", "Ref" + type.Name);
                break;
            case "deep { part { code } }":
                Code("Part" + type.Name);
                var deep = new WorldType("Deep" + type.Name, WorldKind.Value);
                deep.Fields.Add("part", Twin(deep, "part", "Part" + type.Name));
                world.Types.Add(deep.Name, deep);
                type.Fields["deep"] = Twin(type, "deep", deep.Name);
                world.Features.Add("key three levels deep");
                break;
            case "twin { id }":
                var number = int.Parse(type.Name[1..], CultureInfo.InvariantCulture) - 1;
                type.Fields["twin"] = Twin(type, "twin", string.Create(CultureInfo.InvariantCulture, $"T{number}"));
                break;
        }
    }

    private void Code(string name)
    {
        var type = new WorldType(name, WorldKind.Value);
        type.Fields.Add("code", Field(type, "code", "String!", FieldRole.Code));
        world.Types.Add(name, type);
    }

    private static WorldField Twin(WorldType owner, string name, string type) => Field(owner, name, type + "!", FieldRole.Twin) with { Results = [type] };

    private static WorldField Field(WorldType owner, string name, string type, FieldRole role) => new(owner.Name, name, type) { Role = role, CanFail = false };
}
