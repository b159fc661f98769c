using System.Globalization;

namespace GraphGateway.TypeSystem;

/// <summary>Numbers as JavaScript writes them, for texts that must be equal to graphql-js's (ECMAScript, Number::toString).</summary>
public static class JavaScriptNumber
{
    /// <summary>The shortest digits that give the number back; exponents from 1e21 up and below 1e-6.</summary>
    public static string Format(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }

        if (number == 0)
        {
            return "0";
        }

        // .NET's shortest round-trip digits are the same; only the layout differs: d.ddE+x, or ddd.ddd.
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var integerLength = parts[0].IndexOf('.') is var point and >= 0 ? point : parts[0].Length;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent = integerLength - 1 - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        return (number < 0 ? "-" : "") + Layout(digits, exponent);
    }

    // The number is digits[0].digits[1..] times ten to the exponent.
    private static string Layout(string digits, int exponent)
    {
        if (exponent is >= 21 or < -6)
        {
            var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            return $"{digits[0]}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
        }

        if (exponent < 0)
        {
            return $"0.{new string('0', -exponent - 1)}{digits}";
        }

        return digits.Length <= exponent + 1
            ? digits.PadRight(exponent + 1, '0')
            : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
