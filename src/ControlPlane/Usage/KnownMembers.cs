using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Which members the graphs of a stage have: what is live, and what was live before it, since a gateway may still run that. A report of usage tells of no others: what
/// it invents is counted together, for <see cref="UsageLimits.Unknown"/>.
/// </summary>
/// <remarks>
/// What is live is read once. What was live before it is read only for a report that has something else, the newest first: so the work has a bound, whatever is
/// reported. Of a member a hash is kept, with the last launch that has it. A stage that was taken away, by whichever server, and made anew counts its launches from one again: their
/// hashes tell.
/// </remarks>
/// <param name="registry">Has the graphs.</param>
/// <param name="mostMembers">Of all stages together; of those beyond it the stages are forgotten that nobody has reported of for longest.</param>
internal sealed class KnownMembers(SchemaRegistry registry, int mostMembers = 1_000_000) : IDisposable
{
    /// <summary>Launches of a stage that count, each of which is live or was.</summary>
    public const int Launches = 20;

    private readonly SemaphoreSlim gate = new(1);

    // The one that was asked for last is the last.
    private readonly List<StageMembers> stages = [];

    /// <summary>How many supergraphs were read.</summary>
    public int Reads { get; private set; }

    /// <summary>The same uses, with one member for all those that the stage never had, or has no longer.</summary>
    public async Task<ImmutableArray<MemberUse>> ApplyAsync(string graph, string stage, ImmutableArray<MemberUse> uses, CancellationToken cancellation)
    {
        if (uses.IsEmpty)
        {
            return uses;
        }

        await gate.WaitAsync(cancellation);
        try
        {
            var launches = await registry.LiveLaunchesAsync(graph, stage, Launches, cancellation);
            var known = Find(graph, stage);
            known.Forget(launches);
            var unknown = known.Without(uses.Select(use => use.Coordinate));
            foreach (var launch in launches)
            {
                // What is live has most of what is asked for: that it is there is looked up first.
                if (unknown.Count == 0 || known.Count >= mostMembers)
                {
                    break;
                }

                if (await known.AddAsync(registry, launch, cancellation))
                {
                    Reads++;
                    unknown = known.Without(unknown);
                }
            }

            MakeRoom();
            return unknown.Count == 0 ? uses : [.. uses.Select(use => unknown.Contains(use.Coordinate) ? use with { Coordinate = UsageLimits.Unknown } : use)];
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private StageMembers Find(string graph, string stage)
    {
        var found = stages.Find(known => known.Graph == graph && known.Stage == stage) ?? new StageMembers(graph, stage);
        stages.Remove(found);
        stages.Add(found);
        return found;
    }

    private void MakeRoom()
    {
        while (stages.Count > 1 && stages.Sum(known => (long)known.Count) > mostMembers)
        {
            stages.RemoveAt(0);
        }
    }

    private sealed class StageMembers(string graph, string stage)
    {
        // With the last launch that has it.
        private readonly Dictionary<UInt128, int> members = [];
        private readonly Dictionary<int, string> read = [];
        private int oldest;

        public string Graph => graph;

        public string Stage => stage;

        public int Count => members.Count;

        /// <summary>Forgets what none of these launches has: the newest comes first.</summary>
        public void Forget(ImmutableArray<LiveLaunch> launches)
        {
            if (IsOfAnother(launches))
            {
                read.Clear();
                members.Clear();
            }

            var before = launches.IsEmpty ? int.MaxValue : launches[^1].Launch;
            if (before == oldest)
            {
                return;
            }

            oldest = before;
            foreach (var launch in read.Keys.Where(launch => launch < before).ToList())
            {
                read.Remove(launch);
            }

            foreach (var (member, last) in members)
            {
                if (last < before)
                {
                    members.Remove(member);
                }
            }
        }

        public HashSet<string> Without(IEnumerable<string> coordinates) =>
            coordinates.Where(coordinate => !members.ContainsKey(HashOf(coordinate))).ToHashSet(StringComparer.Ordinal);

        /// <summary>Adds the members of a launch; false where that was done before.</summary>
        public async Task<bool> AddAsync(SchemaRegistry registry, LiveLaunch live, CancellationToken cancellation)
        {
            var launch = live.Launch;
            if (read.ContainsKey(launch))
            {
                return false;
            }

            // One that is no longer kept, or cannot be read, has none: no gateway runs it.
            var text = await registry.SupergraphAsync(graph, stage, launch, cancellation);
            read.Add(launch, live.Hash);
            if (text is not null && SupergraphReader.Read(new SourceText(text, $"#{launch}")).Supergraph is { } supergraph)
            {
                foreach (var coordinate in CoordinatesOf(supergraph.PublicSchema))
                {
                    var hash = HashOf(coordinate);
                    members[hash] = Math.Max(members.GetValueOrDefault(hash), launch);
                }
            }

            return true;
        }

        // What was live stays so for good: another hash, or launches that are gone, are those of a stage that was made in the place of the one that was read.
        private bool IsOfAnother(ImmutableArray<LiveLaunch> launches) =>
            read.Count > 0 && (launches.IsEmpty || read.Keys.Max() > launches[0].Launch || launches.Any(live => read.TryGetValue(live.Launch, out var hash) && hash != live.Hash));

        // Half of a SHA-256: nobody finds another text for one of these.
        private static UInt128 HashOf(string coordinate) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(coordinate)));

        private static IEnumerable<string> CoordinatesOf(Schema schema)
        {
            foreach (var type in schema.Types.Where(type => !type.IsBuiltIn))
            {
                yield return type.Name;
                foreach (var coordinate in type switch
                {
                    ComplexType complex => complex.Fields.SelectMany(field => WithArguments($"{type.Name}.{field.Name}", field.Arguments)),
                    InputObjectType input => input.Fields.Select(field => $"{type.Name}.{field.Name}"),
                    EnumType values => values.Values.Select(value => $"{type.Name}.{value.Name}"),
                    _ => [],
                })
                {
                    yield return coordinate;
                }
            }

            foreach (var coordinate in schema.DirectiveDefinitions.Where(directive => !directive.IsBuiltIn).SelectMany(directive => WithArguments($"@{directive.Name}", directive.Arguments)))
            {
                yield return coordinate;
            }
        }

        private static IEnumerable<string> WithArguments(string coordinate, IEnumerable<InputValueDefinition> arguments) =>
            arguments.Select(argument => $"{coordinate}({argument.Name}:)").Prepend(coordinate);
    }
}
