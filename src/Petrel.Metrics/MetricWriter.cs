using System.Buffers;
using System.Globalization;
using System.Text;

namespace Petrel.Metrics;

/// <summary>Writes the text format of Prometheus, version 0.0.4 (prometheus.io, "Exposition formats").</summary>
public sealed class MetricWriter(IBufferWriter<byte> output)
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Begins a metric.</summary>
    public void Head(string name, string type, string help)
    {
        Text($"# HELP {name} {help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n");
        Text($"# TYPE {name} {type}\n");
    }

    /// <param name="labels">Text of the labels without braces.</param>
    public void Sample(string name, ReadOnlySpan<byte> labels, double value)
    {
        Text(name);
        if (labels.Length > 0)
        {
            output.Write("{"u8);
            output.Write(labels);
            output.Write("}"u8);
        }

        Text(" " + Number(value) + "\n");
    }

    internal void Sample(string name, IReadOnlyList<string> labels, IReadOnlyList<string> values, double value) =>
        Sample(name, Encoding.UTF8.GetBytes(string.Join(',', labels.Zip(values, static (label, text) => $"{label}=\"{Escape(text)}\""))), value);

    internal static string Escape(string value) =>
        value.AsSpan().IndexOfAny('\\', '"', '\n') < 0
            ? value
            : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private void Text(string text)
    {
        var bytes = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, bytes));
    }
}
