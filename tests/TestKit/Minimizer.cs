using System.Text;

namespace GraphGateway.TestKit;

/// <summary>Makes an input that a test fails with as small as it can: what is left is what the failure needs (delta debugging).</summary>
public static class Minimizer
{
    private const int AttemptsMax = 20_000;

    /// <summary>The smallest input found by leaving out parts, large ones first, for which the test still fails.</summary>
    /// <typeparam name="T">What it is made of: bytes, lines.</typeparam>
    /// <param name="input">An input for which it fails.</param>
    /// <param name="fails">Whether it fails; to be asked many times.</param>
    public static T[] Minimize<T>(T[] input, Func<T[], bool> fails)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(fails);
        var attempts = 0;
        for (var size = Math.Max(1, input.Length / 2); size >= 1 && attempts < AttemptsMax; size = size == 1 ? 0 : size / 2)
        {
            for (var start = 0; start < input.Length && attempts < AttemptsMax; attempts++)
            {
                T[] smaller = [.. input.AsSpan(0, start), .. input.AsSpan(Math.Min(start + size, input.Length))];
                if (fails(smaller))
                {
                    input = smaller;
                }
                else
                {
                    start += size;
                }
            }
        }

        return input;
    }

    /// <summary>
    /// Runs a check on a text; when it throws, fails with the seed, the case, the smallest text that it throws for, as text and in base 64,
    /// and what it throws then.
    /// </summary>
    public static void Check(int number, byte[] text, Action<byte[]> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Failure(text, check) is null)
        {
            return;
        }

        var smallest = Minimize(text, candidate => Failure(candidate, check) is not null);
        var failure = Failure(smallest, check);
        throw new InvalidOperationException(
            $"{Seed.Variable}={Seed.Value}, case {number}, smallest text: {Convert.ToBase64String(smallest)}\n{Encoding.UTF8.GetString(smallest)}\n{failure}");
    }

    private static Exception? Failure(byte[] text, Action<byte[]> check)
    {
        try
        {
            check(text);
            return null;
        }
#pragma warning disable CA1031 // whatever it throws is the failure
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }
}
