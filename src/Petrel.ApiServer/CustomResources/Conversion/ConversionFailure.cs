namespace Petrel.ApiServer.CustomResources.Conversion;

/// <summary>A webhook did not convert what it was asked to.</summary>
/// <param name="type">How metrics name what went wrong.</param>
internal sealed class ConversionFailure(string type, string message) : Exception(message)
{
    /// <summary>It did not answer.</summary>
    public const string Call = "conversion_webhook_call_failure";

    /// <summary>It refused, or its answer is none.</summary>
    public const string MalformedResponse = "conversion_webhook_malformed_response_failure";

    /// <summary>It answered with more or fewer objects.</summary>
    public const string PartialResponse = "conversion_webhook_partial_response_failure";

    /// <summary>One of its objects is not what it was asked for.</summary>
    public const string InvalidObject = "conversion_webhook_invalid_converted_object_failure";

    public string Type { get; } = type;
}
