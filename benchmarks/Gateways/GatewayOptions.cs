using System.Globalization;

namespace GraphGateway.Benchmarks;

/// <summary>What <c>benchmarks/run</c> was asked for.</summary>
internal sealed record GatewayOptions
{
    public List<string> Rows { get; } = [];

    public int Rounds { get; private set; } = 5;

    public int Seconds { get; private set; } = 15;

    public int Warmup { get; private set; } = 30;

    public int Connections { get; private set; } = 50;

    public int Delay { get; private set; }

    public bool IsList { get; private set; }

    public bool IsCountOnly { get; private set; }

    public bool IsWritten { get; private set; }

    /// <summary>Whether memory is looked at during the load.</summary>
    public bool IsSoak { get; private set; }

    /// <summary>How long a turn is in milliseconds where the rows run at the same time and take turns; 0 for one after the other.</summary>
    public int Turn { get; private set; }

    /// <summary>Reads arguments; null with a message where they are wrong.</summary>
    public static GatewayOptions? Read(string[] args)
    {
        var options = new GatewayOptions();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--list": options.IsList = true; break;
                case "--count-only": options.IsCountOnly = true; break;
                case "--soak": options.IsSoak = true; break;
                case "--write": options.IsWritten = true; break;
                case "--rounds" or "--seconds" or "--warmup" or "--connections" or "--delay" or "--turn" when i + 1 < args.Length
                    && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                    options.Set(args[i++], number);
                    break;
                case ['-', ..] and var unknown:
                    Console.Error.WriteLine($"`{unknown}` is no option, or its number is missing. See benchmarks/README.md.");
                    return null;
                default: options.Rows.Add(args[i]); break;
            }
        }

        return options;
    }

    private void Set(string name, int number) => _ = name switch
    {
        "--rounds" => Rounds = Math.Max(1, number),
        "--seconds" => Seconds = Math.Max(1, number),
        "--warmup" => Warmup = number,
        "--turn" => Turn = number,
        "--connections" => Connections = Math.Max(1, number),
        _ => Delay = number,
    };
}
