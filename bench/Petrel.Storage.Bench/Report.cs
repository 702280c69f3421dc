using System.Globalization;

namespace Petrel.Storage.Bench;

/// <summary>Lines of the table, and the data that all benchmarks use.</summary>
internal static class Report
{
    public const int ValueBytes = 2_048;

    public static ReadOnlyMemory<byte> Value { get; } = new byte[ValueBytes];

    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"/registry/configmaps/namespace-{number % 50}/object-{number:d7}");

    public static void Line(string name, string result) => Console.WriteLine($"{name,-44} {result}");

    public static void Rate(string name, long count, TimeSpan time) =>
        Line(name, string.Create(CultureInfo.InvariantCulture, $"{count / time.TotalSeconds,12:n0}/s"));

    public static void Time(string name, TimeSpan time) =>
        Line(name, string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds,12:n2} ms"));
}
