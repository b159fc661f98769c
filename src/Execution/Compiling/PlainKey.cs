namespace GraphGateway.Execution;

/// <summary>
/// The inputs of a step whose JSON depends on nothing but the target's type and some leaves of it, as nearly all keys do. PERF: two targets
/// of one type whose leaves are equal ask for the same, so that only the first of them has to be written. Of several keys it is the first one: who
/// has that sends no other.
/// </summary>
internal sealed class PlainKey
{
    private readonly (int Slot, TypeSetChain AppliesTo)[] leaves;
    private readonly CompiledTemplate[] firsts;
    private ByType<TypeSlots> byType;

    private PlainKey((int Slot, TypeSetChain AppliesTo)[] leaves, CompiledTemplate[] firsts) => (this.leaves, this.firsts) = (leaves, firsts);

    /// <summary>The key of these inputs, or null when their values depend on more than leaves of the target.</summary>
    public static PlainKey? Of(CompiledInput[] inputs)
    {
        var leaves = new List<(int, TypeSetChain)>();
        CompiledTemplate[] firsts = [.. inputs.Where(HasSeveral).Select(input => input.Template.Entries[0])];
        return inputs.Length > 0 && Array.TrueForAll(inputs, input => TryAdd(HasSeveral(input) ? input.Template.Entries[0].Inner! : input.Template, null, leaves))
            ? new PlainKey([.. leaves], firsts)
            : null;
    }

    private static bool HasSeveral(CompiledInput input) => input is { IsKey: true, Template.Kind: TemplateKind.Choice };

    /// <summary>The slots of the leaves that an object of the type has, in the order in which they are written; null where the type has not the first key of several.</summary>
    public int[]? SlotsOf(int type) => byType.Get(type, this, static (type, key) => key.Make(type)).Slots;

    private TypeSlots Make(int type) => new(!Array.TrueForAll(firsts, first => first.AppliesTo.Contains(type)) ? null : [.. leaves.Where(leaf => leaf.AppliesTo.Contains(type)).Select(leaf => leaf.Slot)]);

    private static bool TryAdd(CompiledTemplate template, TypeSetChain? appliesTo, List<(int, TypeSetChain)> leaves)
    {
        switch (template.Kind)
        {
            case TemplateKind.Typename:
                return true;
            case TemplateKind.Leaf when template.NonNullItems == 0:
                leaves.Add((template.Slot, appliesTo ?? TypeSetChain.All));
                return true;
            case TemplateKind.Object:
                return Array.TrueForAll(template.Entries, entry => TryAdd(entry.Inner!, new TypeSetChain(entry, appliesTo), leaves));
            default:
                return false;
        }
    }

    private sealed record TypeSlots(int[]? Slots);

    /// <summary>An entry in an entry: a type has it when it has both.</summary>
    private sealed class TypeSetChain(CompiledTemplate? entry, TypeSetChain? outer)
    {
        public static TypeSetChain All { get; } = new(null, null);

        public bool Contains(int type) => entry is null || (entry.AppliesTo.Contains(type) && outer?.Contains(type) != false);
    }
}
