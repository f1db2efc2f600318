using System.Globalization;
using System.Text.Json;

namespace Sallyport.Benchmarks.Plans;

/// <summary>
/// Writes a plan in Terraform's own layout, on one line: modules of a group, three rules, an instance, and fifteen roles, policies and buckets, told
/// three times (planned values, changes, state before), then the configuration. Half of it stays, a quarter changes, a quarter is new.
/// </summary>
internal static class PlanFile
{
    /// <summary>Writes modules until the file is so large.</summary>
    public static void Write(string path, int megabytes)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream);
        var count = Math.Max(1, (int)(megabytes * 1_000_000L / 65_000));
        json.WriteStartObject();
        json.WriteString("format_version", "1.2");
        json.WriteString("terraform_version", "1.11.4");
        json.WriteStartObject("planned_values");
        Module(json, count, isPlanned: true);
        json.WriteEndObject();
        json.WriteStartArray("resource_changes");
        for (var i = 0; i < count; i++)
        {
            foreach (var resource in Resources(i)) Change(json, i, resource);
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteStartObject("prior_state");
        json.WriteString("format_version", "1.0");
        json.WriteStartObject("values");
        Module(json, count, isPlanned: false);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("configuration");
        json.WriteStartObject("provider_config");
        json.WritePropertyName("aws");
        json.WriteRawValue("""{"name":"aws","full_name":"registry.terraform.io/hashicorp/aws","expressions":{"region":{"constant_value":"eu-west-1"}}}""");
        json.WriteEndObject();
        json.WriteStartObject("root_module");
        json.WriteStartObject("module_calls");
        for (var i = 0; i < count; i++) Call(json, i);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("timestamp", "2026-01-01T00:00:00Z");
        json.WriteBoolean("errored", false);
        json.WriteEndObject();
    }

    private static bool IsNew(int module) => module % 4 == 3;

    private static string Text(string value, int module) =>
        value.Replace("MODULE", module.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("HEX", $"{module:x8}", StringComparison.Ordinal);

    private static IEnumerable<(string Type, string Name, string Values, string Open)> Resources(int module)
    {
        yield return ("aws_security_group", "this", """{"arn":"arn:aws:ec2:eu-west-1:111122223333:security-group/sg-HEX","description":"service MODULE","egress":[],"id":"sg-HEX","ingress":[{"cidr_blocks":["10.0.0.0/8","192.168.0.0/16"],"description":"health","from_port":8080,"ipv6_cidr_blocks":[],"prefix_list_ids":[],"protocol":"tcp","security_groups":[],"self":false,"to_port":8080}],"name":"service-MODULE","name_prefix":"","owner_id":"111122223333","revoke_rules_on_delete":false,"tags":{"Name":"service-MODULE","team":"shop"},"tags_all":{"Name":"service-MODULE","team":"shop","env":"prod"},"timeouts":null,"vpc_id":"vpc-0000000a"}""", """{"id":true,"arn":true,"owner_id":true,"egress":true}""");
        for (var rule = 0; rule < 3; rule++)
        {
            yield return ("aws_vpc_security_group_ingress_rule", $"r{rule}", """{"arn":"arn:aws:ec2:eu-west-1:111122223333:security-group-rule/sgr-HEX","cidr_ipv4":"10.PORT.0.0/16","cidr_ipv6":null,"description":"rule of MODULE","from_port":PORT,"id":"sgr-PORTHEX","ip_protocol":"tcp","prefix_list_id":null,"referenced_security_group_id":null,"security_group_id":"sg-HEX","security_group_rule_id":"sgr-PORTHEX","tags":null,"tags_all":{},"to_port":PORT}""".Replace("PORT", $"{100 + rule}", StringComparison.Ordinal), """{"id":true,"arn":true,"security_group_id":true,"security_group_rule_id":true}""");
        }

        yield return ("aws_instance", "this", """{"ami":"ami-HEX","arn":"arn:aws:ec2:eu-west-1:111122223333:instance/i-HEX","associate_public_ip_address":false,"availability_zone":"eu-west-1a","ebs_block_device":[],"ebs_optimized":false,"id":"i-HEX","instance_type":"m7g.large","metadata_options":[{"http_endpoint":"enabled","http_tokens":"required"}],"private_ip":"10.0.0.1","root_block_device":[{"encrypted":true,"volume_size":8,"volume_type":"gp3"}],"subnet_id":"subnet-0000000a","tags":{"Name":"service-MODULE"},"user_data":null,"vpc_security_group_ids":["sg-HEX"]}""", """{"id":true,"arn":true,"private_ip":true,"vpc_security_group_ids":true}""");
        for (var other = 0; other < 5; other++)
        {
            foreach (var resource in Others()) yield return resource with { Name = $"{resource.Name}{other}" };
        }
    }

    // What most of a plan is: nothing that bears on the network.
    private static IEnumerable<(string Type, string Name, string Values, string Open)> Others()
    {
        yield return ("aws_iam_role", "this", """{"arn":"arn:aws:iam::111122223333:role/service-MODULE","assume_role_policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"}}]}","create_date":"2025-01-01T00:00:00Z","force_detach_policies":false,"id":"service-MODULE","inline_policy":[],"managed_policy_arns":[],"max_session_duration":3600,"name":"service-MODULE","path":"/","tags":{},"unique_id":"AROAHEX"}""", """{"id":true,"arn":true,"unique_id":true}""");
        yield return ("aws_iam_policy", "this", """{"arn":"arn:aws:iam::111122223333:policy/service-MODULE","description":"","id":"arn:aws:iam::111122223333:policy/service-MODULE","name":"service-MODULE","path":"/","policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:PutObject\",\"s3:ListBucket\",\"kms:Decrypt\",\"kms:GenerateDataKey\",\"sqs:SendMessage\",\"sqs:ReceiveMessage\",\"sqs:DeleteMessage\",\"logs:CreateLogStream\",\"logs:PutLogEvents\"],\"Resource\":[\"arn:aws:s3:::service-MODULE\",\"arn:aws:s3:::service-MODULE/*\"]}]}","tags":{}}""", """{"id":true,"arn":true}""");
        yield return ("aws_s3_bucket", "this", """{"acceleration_status":"","acl":null,"arn":"arn:aws:s3:::service-MODULE","bucket":"service-MODULE","bucket_domain_name":"service-MODULE.s3.amazonaws.com","cors_rule":[],"force_destroy":false,"grant":[{"id":"HEX","permissions":["FULL_CONTROL"],"type":"CanonicalUser","uri":""}],"hosted_zone_id":"Z1BKCTXD74EZPE","id":"service-MODULE","lifecycle_rule":[],"logging":[],"object_lock_configuration":[],"region":"eu-west-1","replication_configuration":[],"request_payer":"BucketOwner","server_side_encryption_configuration":[{"rule":[{"apply_server_side_encryption_by_default":[{"kms_master_key_id":"","sse_algorithm":"AES256"}],"bucket_key_enabled":false}]}],"tags":{"team":"shop"},"versioning":[{"enabled":true,"mfa_delete":false}],"website":[]}""", """{"id":true,"arn":true}""");
    }

    private static void Module(Utf8JsonWriter json, int count, bool isPlanned)
    {
        json.WriteStartObject("root_module");
        json.WriteStartArray("child_modules");
        for (var i = 0; i < count; i++)
        {
            if (!isPlanned && IsNew(i)) continue;
            json.WriteStartObject();
            json.WriteStartArray("resources");
            foreach (var resource in Resources(i))
            {
                json.WriteStartObject();
                Head(json, i, resource.Type, resource.Name);
                json.WriteNumber("schema_version", 1);
                json.WritePropertyName("values");
                json.WriteRawValue(Text(resource.Values, i));
                json.WriteStartObject("sensitive_values");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("address", $"module.service_{i}");
            json.WriteEndObject();
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Change(Utf8JsonWriter json, int module, (string Type, string Name, string Values, string Open) resource)
    {
        json.WriteStartObject();
        Head(json, module, resource.Type, resource.Name);
        json.WriteStartObject("change");
        json.WriteStartArray("actions");
        json.WriteStringValue(IsNew(module) ? "create" : module % 4 == 2 ? "update" : "no-op");
        json.WriteEndArray();
        json.WritePropertyName("before");
        json.WriteRawValue(IsNew(module) ? "null" : Text(resource.Values, module));
        json.WritePropertyName("after");
        json.WriteRawValue(IsNew(module) ? Without(Text(resource.Values, module), resource.Open) : Text(resource.Values, module));
        json.WritePropertyName("after_unknown");
        json.WriteRawValue(IsNew(module) ? resource.Open : "{}");
        json.WriteStartObject("before_sensitive");
        json.WriteEndObject();
        json.WriteStartObject("after_sensitive");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Head(Utf8JsonWriter json, int module, string type, string name)
    {
        json.WriteString("address", $"module.service_{module}.{type}.{name}");
        json.WriteString("module_address", $"module.service_{module}");
        json.WriteString("mode", "managed");
        json.WriteString("type", type);
        json.WriteString("name", name);
        json.WriteString("provider_name", "registry.terraform.io/hashicorp/aws");
    }

    private static void Call(Utf8JsonWriter json, int module)
    {
        json.WriteStartObject($"service_{module}");
        json.WriteString("source", "./service");
        json.WritePropertyName("expressions");
        json.WriteRawValue(Text("""{"name":{"constant_value":"service-MODULE"},"vpc_id":{"references":["data.aws_vpc.main.id","data.aws_vpc.main"]}}""", module));
        json.WriteStartObject("module");
        json.WriteStartArray("resources");
        foreach (var (type, name, _, _) in Resources(module))
        {
            json.WriteStartObject();
            json.WriteString("address", $"{type}.{name}");
            json.WriteString("mode", "managed");
            json.WriteString("type", type);
            json.WriteString("name", name);
            json.WriteString("provider_config_key", "aws");
            json.WritePropertyName("expressions");
            json.WriteRawValue(type switch
            {
                "aws_security_group" => """{"ingress":{"constant_value":[]},"name":{"references":["var.name"]},"vpc_id":{"references":["var.vpc_id"]}}""",
                "aws_instance" => """{"subnet_id":{"constant_value":"subnet-0000000a"},"vpc_security_group_ids":{"references":["aws_security_group.this.id","aws_security_group.this"]}}""",
                "aws_vpc_security_group_ingress_rule" => """{"security_group_id":{"references":["aws_security_group.this.id","aws_security_group.this"]},"ip_protocol":{"constant_value":"tcp"}}""",
                _ => """{"name":{"references":["var.name"]}}""",
            });
            json.WriteNumber("schema_version", 1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // What is open is not among the values.
    private static string Without(string values, string open)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(values)!.AsObject();
        foreach (var (name, _) in System.Text.Json.Nodes.JsonNode.Parse(open)!.AsObject()) node.Remove(name);
        return node.ToJsonString();
    }
}
